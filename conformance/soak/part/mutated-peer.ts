/** One connection of a peer that sends mutated inputs, with a ping behind each that tells how far it was heard. */
import type { SeededRandom } from "@concordat/testing";

import { mutatedFrames, mutatedMessage, strangeCall } from "./mutation.ts";
import { ordersHello } from "./orders.ts";
import { opcode, type PeerEnd, RawPeer, upgrade, webSocketFrame } from "./raw-peer.ts";

const mostInputs = 16;
const ping = webSocketFrame(Uint8Array.of(0x93, 0x08, 0x00, 0x00));

/** How a connection begins: nearly always well, or nothing behind it would be heard. */
const beginnings = ["well", "hello twice", "no hello", "mutated hello", "no HTTP"] as const;

/** The connection. */
export class MutatedPeer {
  readonly ended: Promise<PeerEnd>;
  readonly #peer: RawPeer;

  constructor(port: number, address: string, random: SeededRandom) {
    this.#peer = new RawPeer(port, address);
    this.ended = this.#peer.ended;
    const beginning =
      random() < 0.85 ? "well" : beginnings[Math.floor(random() * beginnings.length)];
    const parts: Uint8Array[] =
      beginning === "no HTTP" ? [mutatedMessage(random), Buffer.from("\r\n\r\n")] : [upgrade];
    const hello = webSocketFrame(Buffer.from(ordersHello), opcode.text);
    if (beginning === "well") parts.push(hello);
    if (beginning === "hello twice") parts.push(hello, hello);
    if (beginning === "mutated hello")
      parts.push(webSocketFrame(mutatedMessage(random), opcode.text));
    const inputs = 1 + Math.floor(random() * mostInputs);
    for (let count = 1; count <= inputs; count += 1) parts.push(input(count, random), ping);
    this.#peer.write(Buffer.concat(parts));
    this.#peer.endAfterPongs(inputs);
    // A message that never ends swallows the pings behind it: nobody waits for the rest of it.
    const patience = setTimeout(() => this.#peer.leave(), 1_000);
    void this.ended.then(() => clearTimeout(patience));
  }

  /** How many inputs the server has taken in: those that it went on behind, and the one that it ended with. */
  get takenIn(): number {
    return this.#peer.pongs + 1;
  }
}

function input(callId: number, random: SeededRandom): Buffer {
  if (random() < 0.6) return webSocketFrame(strangeCall(callId, random));
  const frames = mutatedFrames(random);
  const choice = random();
  if (choice < 0.94) return webSocketFrame(frames);
  if (choice < 0.96) return webSocketFrame(mutatedMessage(random), opcode.text);
  if (choice < 0.98) return webSocketFrame(frames, Math.floor(random() * 16), random() < 0.5);
  return frames; // no WebSocket frame at all
}
