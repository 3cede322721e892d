/** What comes, message by message: read under a budget, and counted against what a peer may say in a second. */
import type { Frame } from "../wire/frame.ts";
import { FrameReader } from "../wire/frame-bytes.ts";
import type { Limits } from "../wire/limits.ts";
import { checkMetadata } from "../wire/metadata.ts";
import { FrameRate } from "./frame-rate.ts";

/** The messages of one peer. Makes nothing before the first one: most connections are idle most of the time. */
export class Incoming {
  readonly #limits: Limits;
  readonly #isRated: boolean;
  #rate: FrameRate | undefined;
  #reader: FrameReader | undefined;

  /** @param isRated Whether the peer may say only so much in a second: a server's peers. */
  constructor(limits: Limits, isRated: boolean) {
    this.#limits = limits;
    this.#isRated = isRated;
  }

  /**
   * The frames of one message.
   *
   * @throws WireError where it is over a limit, or holds what is no frame.
   */
  frames(message: Uint8Array, now: number): readonly Frame[] {
    this.#reader ??= new FrameReader(this.#limits);
    const frames = this.#reader.frames(message);
    if (this.#isRated) {
      this.#rate ??= new FrameRate(this.#limits.framesPerSecond);
      this.#rate.spend(frames, now);
    }
    for (const frame of frames) {
      if ("metadata" in frame) checkMetadata(frame.metadata, this.#limits.metadataBytes);
    }
    return frames;
  }

  /** Lets go of what the next message is only read sooner with. */
  rest(): void {
    this.#reader = undefined;
  }
}
