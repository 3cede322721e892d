/** One connection of a peer that sends mutated inputs, with a ping behind each that tells how far it was heard. */
import type { SeededRandom } from "@concordat/testing";

import { mutatedFrames, mutatedMessage, strangeCall } from "./mutation.ts";
import { hostileHello } from "./orders.ts";
import { opcode, type PeerEnd, RawPeer, upgrade, webSocketFrame } from "./raw-peer.ts";

/** Most connections end before: many an input is the last one that its connection takes. */
const mostInputs = 64;
/** Of the inputs, how many are calls that the connection survives. The others mostly end it. */
const callPart = 0.9;
/** How long a message that never ends may swallow what is behind it. */
const patienceMs = 2_000;
const pingFrame = Uint8Array.of(0x93, 0x08, 0x00, 0x00);
const ping = webSocketFrame(pingFrame);

/** How a connection begins: nearly always well, or nothing behind it would be heard. */
const beginnings = ["well", "hello twice", "no hello", "mutated hello", "no HTTP"] as const;

/** The connection. */
export class MutatedPeer {
  readonly ended: Promise<PeerEnd>;
  /** Whether it ends with something that has no end, so that the server rightly waits for the rest. */
  readonly mayHang: boolean;
  readonly #peer: RawPeer;

  constructor(port: number, address: string, random: SeededRandom) {
    this.#peer = new RawPeer(port, address);
    this.ended = this.#peer.ended;
    const beginning =
      random() < 0.95 ? "well" : beginnings[Math.floor(random() * beginnings.length)];
    const parts: Uint8Array[] =
      beginning === "no HTTP" ? [mutatedMessage(random), Buffer.from("\r\n\r\n")] : [upgrade];
    const hello = webSocketFrame(Buffer.from(hostileHello(random)), opcode.text);
    if (beginning === "well") parts.push(hello);
    if (beginning === "hello twice") parts.push(hello, hello);
    if (beginning === "mutated hello")
      parts.push(webSocketFrame(mutatedMessage(random), opcode.text));
    const inputs = 1 + Math.floor(random() * mostInputs);
    let sent = 0;
    let mayHang = beginning === "no HTTP";
    while (sent < inputs && !(mayHang && sent > 0)) {
      sent += 1;
      const input = inputFrom(sent, random);
      parts.push(...input.parts);
      mayHang ||= input.mayHang;
    }
    this.mayHang = mayHang;
    this.#peer.write(Buffer.concat(parts));
    this.#peer.endAfterPongs(sent);
    if (!mayHang) return;
    const patience = setTimeout(() => this.#peer.leave(), patienceMs);
    void this.ended.then(() => clearTimeout(patience));
  }

  /** How many inputs the server has taken in: those that it went on behind, and the one that it ended with. */
  get takenIn(): number {
    return this.#peer.pongs + 1;
  }
}

/** One input with its ping. */
interface Input {
  readonly parts: readonly Uint8Array[];
  /** Whether the bytes may be the beginning of a message that takes in everything behind them. */
  readonly mayHang: boolean;
}

function inputFrom(callId: number, random: SeededRandom): Input {
  if (random() < callPart) {
    const message = Buffer.concat([strangeCall(callId, random), pingFrame]);
    return { parts: [webSocketFrame(message)], mayHang: false };
  }
  const frames = mutatedFrames(random);
  const choice = random();
  if (choice < 0.92) return { parts: [webSocketFrame(frames), ping], mayHang: false };
  if (choice < 0.95) {
    const text = webSocketFrame(mutatedMessage(random), opcode.text);
    return { parts: [text, ping], mayHang: false };
  }
  if (choice < 0.98) {
    const code = Math.floor(random() * 16);
    return { parts: [webSocketFrame(frames, code, random() < 0.5), ping], mayHang: true };
  }
  return { parts: [frames, ping], mayHang: true }; // no WebSocket frame at all
}
