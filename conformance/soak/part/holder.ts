/** Connections that are opened, said hello on, and kept: their other ends cost next to nothing. */
import { opcode, RawPeer, upgrade, webSocketFrame } from "./raw-peer.ts";

/** What a holder holds. */
export interface HolderStart {
  readonly port: number;
  readonly count: number;
  /** The address that the connections come from: each has 28,000 ports. */
  readonly address: string;
  /** Said first; nothing where it is empty. */
  readonly hello: string;
}

/** How many connections wait for their opening at the same time. */
const openingAtOnce = 100;

/** Holds connections, and answers their pings. */
export class Holder {
  readonly #peers = new Set<RawPeer>();

  /** Opens all, and waits until the last one is open. */
  async open({ port, count, address, hello }: HolderStart): Promise<void> {
    for (let opened = 0; opened < count; opened += openingAtOnce) {
      const batch = Array.from({ length: Math.min(openingAtOnce, count - opened) }, async () => {
        const peer = new RawPeer(port, address, hello !== "");
        this.#peers.add(peer);
        void peer.ended.then(() => this.#peers.delete(peer));
        peer.write(upgrade);
        if (hello !== "") peer.write(webSocketFrame(Buffer.from(hello), opcode.text));
        await peer.answered;
      });
      await Promise.all(batch);
    }
  }

  /** How many are still there. */
  get held(): number {
    return this.#peers.size;
  }
}
