/** Core's own client session on a WebSocket, as the cases drive it. */
import {
  announce,
  bytesToValue,
  type Call,
  ClientSession,
  everyPart,
  errorOfRefusal,
  formatReason,
  limitsWith,
  pump,
  refusalFromClose,
  systemClock,
  type Transport,
  valueToBytes,
  type Welcome,
} from "@concordat/core/internal";
import { classifyClose, closeCode, ConcordatError } from "@concordat/core";
import { WebSocket } from "ws";
import { type CallStep, caseContracts, type OutcomeStep, type RefusalStep } from "./case.ts";
import type { DialClient, DrivenCall } from "./client-driver.ts";

const limits = limitsWith();

/** Dials with core's session and next to nothing around it: what a client package adds is not tested here. */
export const sessionClient: DialClient = (url) => {
  const socket = new WebSocket(url, ["concordat.v1", "o.1.1.0"]);
  socket.on("error", () => undefined); // a close follows
  let session: ClientSession | undefined;
  const welcomed = settledLater<void>();
  const refused = settledLater<RefusalStep>();
  socket.on("open", () => {
    session = pump({
      transport: transportOf(socket),
      clock: systemClock,
      limits,
      session: (port, now) =>
        new ClientSession({
          parts: everyPart(),
          hello: {
            wire: [1],
            encodings: ["msgpack"],
            client: {},
            contracts: caseContracts.map((contract) => ({ ...contract, optional: false })),
            auth: undefined,
            capabilities: [],
            limits: announce((name) => limits[name]),
          },
          grease: "g",
          limits,
          port,
          now,
          ear: {
            welcome(welcome) {
              if (isOffered(welcome)) welcomed.settle();
              else session?.close(closeCode["server-rejected"], formatReason("server-rejected"));
            },
            goaway: () => undefined,
            expiry: () => undefined,
            notice: () => undefined,
            notification: (received) => received.done(),
            ended({ code, reason, refusal: said }) {
              const known = said?.closeCode === code ? said : refusalFromClose(code, reason, {});
              const { message, supported, mustMove, name } = errorOfRefusal(known);
              refused.settle({
                code,
                message: known.message,
                upgradeRequired: name === "UpgradeRequiredError",
                terminal: classifyClose(code).action === "stop",
                ...(supported.floor !== undefined && { floor: supported.floor }),
                ...(supported.newest !== undefined && { newest: supported.newest }),
                ...(mustMove !== undefined && { mustMove }),
              });
              return () => new ConcordatError("unavailable", message);
            },
          },
        }),
    });
  });
  return {
    welcomed: welcomed.promise,
    refused: refused.promise,
    renew: (credentials) => session?.renew(credentials),
    call(step) {
      if (session === undefined) throw new Error("not welcomed yet");
      return drive(session, step);
    },
  };
};

/** What a client package checks of a welcome. */
function isOffered({ wire, contracts }: Welcome): boolean {
  const [{ offers }] = caseContracts;
  const offered = new Set<unknown>(offers.map(({ fingerprint }) => fingerprint));
  return wire === 1 && contracts.every(({ fingerprint }) => offered.has(fingerprint));
}

function drive(session: ClientSession, { kind, procedure, request, items }: CallStep): DrivenCall {
  const call = session.request(
    {
      callKind: kind,
      procedure,
      metadata: [],
      payload: valueToBytes(request ?? null),
      deadline: undefined,
    },
    systemClock.now(),
  );
  const rest = [...(items ?? [])];
  const received: unknown[] = [];
  const streams = kind === "serverStream" || kind === "bidiStream";
  const outcome = settledLater<Omit<OutcomeStep, "call">>();
  call.listen({
    leading: () => undefined,
    item(payload) {
      received.push(bytesToValue(payload, limits));
      call.consumed(payload.length);
    },
    writable: () => push(call, rest),
    finished(payload) {
      if (streams) outcome.settle({ items: received, ends: "well" });
      else outcome.settle({ response: payload && bytesToValue(payload, limits) });
    },
    failed: (error) =>
      outcome.settle(streams ? { items: received, ends: error.code } : failure(error)),
  });
  if (items !== undefined) push(call, rest);
  return {
    outcome: outcome.promise,
    cancel() {
      call.cancel();
      outcome.settle({ fails: "cancelled" });
    },
  };
}

function push(call: Call, rest: unknown[]): void {
  if (call.state !== "open") return;
  while (rest.length > 0 && call.canSend) call.sendItem(valueToBytes(rest.shift()));
  if (rest.length === 0) call.sendEnd();
}

function failure(error: ConcordatError): Omit<OutcomeStep, "call"> {
  const { code, rawMessage, detail, retryAfterMs = 0 } = error;
  const value = detail?.value;
  const decoded =
    value instanceof Uint8Array ? { ...detail, value: bytesToValue(value, limits) } : detail;
  return { fails: code, message: rawMessage, detail: decoded, retryAfterMs };
}

function transportOf(socket: WebSocket): Transport {
  return {
    get bufferedBytes() {
      return socket.bufferedAmount;
    },
    send: (message) => socket.send(message),
    close: (code, reason) => socket.close(code, reason),
    listen(listener) {
      socket.on("message", (data, isBinary) => {
        const bytes = data as Buffer; // ws hands out one buffer a message unless told otherwise
        listener.message(isBinary ? new Uint8Array(bytes) : bytes.toString("utf8"));
      });
      socket.on("close", (code, reason) => listener.closed(code, reason.toString("latin1")));
    },
  };
}

/** A promise, and the way to settle it. */
function settledLater<T>(): { readonly promise: Promise<T>; readonly settle: (value: T) => void } {
  const settlers: ((value: T) => void)[] = [];
  const promise = new Promise<T>((resolve) => void settlers.push(resolve));
  return {
    promise,
    settle(value) {
      for (const settle of settlers) settle(value);
    },
  };
}
