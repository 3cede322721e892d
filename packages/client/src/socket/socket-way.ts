/** The way by WebSocket: dials an address. */
import { ConcordatError } from "@concordat/core";
import { WakeUp } from "@concordat/core/internal";
import type { SocketClose } from "@concordat/core/transport";
import { abandonSocket, causeShownBy, dialSocket, hearHttpAnswer } from "#socket";
import type { OpeningEar, Way } from "./dial.ts";
import type { DialBounds, Dialled, WebSocketConstructor } from "./websocket-shape.ts";
import type { ClosePatience } from "./close-patience.ts";

/**
 * The close behind an error comes in the same turn or, in Node 24, some milliseconds later, if any does. The WebSocket
 * of Node 20 and 22 shows none of a refused connection, and Chromium none where the policy of a page forbids to connect.
 */
const closeFollowsMs = 100;

/** What dialling an address needs. */
export interface SocketWayOptions extends ClosePatience, DialBounds {
  readonly url: string | (() => string | Promise<string>);
  readonly WebSocket: WebSocketConstructor;
  readonly protocols: readonly string[];
}

/** Makes the way. */
export function socketWay(options: SocketWayOptions): Way {
  return {
    asked: options.url,
    open: (address, ear) => openSocket(dialled(address, options), options, ear),
    discard: ignore, // an address holds nothing
  };
}

function dialled(given: unknown, options: SocketWayOptions): Dialled {
  let address = "";
  try {
    address = String(given); // not every object has a text
    return dialSocket(options.WebSocket, address, [...options.protocols], options);
  } catch (cause) {
    const message =
      `${JSON.stringify(address)} cannot be dialled: ${String(cause)}. ` +
      `Correct the client's "url", or the connect-src of the page.`; // at what that forbids, Firefox and WebKit throw
    throw new ConcordatError("invalid_argument", message, { cause });
  }
}

function openSocket(
  { socket, opened: wrap }: Dialled,
  patience: ClosePatience,
  ear: OpeningEar,
): () => void {
  const { clock } = patience;
  const closeless = new WakeUp(clock);
  let error: unknown;
  let isOver = false;
  socket.binaryType = "arraybuffer";
  socket.addEventListener("open", opened);
  socket.addEventListener("close", closed);
  socket.addEventListener("error", erred);
  hearHttpAnswer(socket, clock, (facts) => {
    callOff();
    ear.failed(facts);
  });
  return callOff;

  function opened(): void {
    leave();
    const transport = wrap(patience);
    socket.removeEventListener("error", erred); // the transport has its own
    ear.opened(transport);
  }

  /** A close before `open`: Firefox shows one where the server closes as soon as it has accepted. */
  function closed({ code, reason }: SocketClose): void {
    leave();
    ear.failed({ code, reason, ...causeShownBy(error) });
  }

  /** Listens to the end of a socket that is given up, too: `ws` throws when nobody does. */
  function erred(event: unknown): void {
    if (isOver) return;
    error = event;
    closeless.set(clock.now() + closeFollowsMs, () => {
      callOff();
      ear.failed({ ...causeShownBy(error) });
    });
  }

  function callOff(): void {
    leave();
    abandonSocket(socket, patience);
  }

  function leave(): void {
    isOver = true;
    closeless.clear();
    socket.removeEventListener("open", opened);
    socket.removeEventListener("close", closed);
  }
}

function ignore(): void {
  // Nothing to do: see where it is given.
}
