/** What a handler is given that an adapter's answer calls: the caller's context, its metadata converted on the rest of the way. */
import type { Context, ContextKey, Metadata, MetadataInit, Peer } from "@concordat/core";
import { metadataFrom } from "@concordat/core/internal";

import type { Composition } from "./composition.ts";

/** The context that an answer has, as what it calls has it. */
export function convertedContext(own: Context, composition: Composition): Context {
  return composition.keepsMetadata ? own : new ConvertedContext(own, composition);
}

class ConvertedContext implements Context {
  readonly #own: Context;
  readonly #composition: Composition;
  #metadata: Metadata | undefined;

  constructor(own: Context, composition: Composition) {
    this.#own = own;
    this.#composition = composition;
  }

  get signal(): AbortSignal {
    return this.#own.signal;
  }

  get deadline(): number | undefined {
    return this.#own.deadline;
  }

  get cursor(): string | undefined {
    return this.#own.cursor;
  }

  get metadata(): Metadata {
    return (this.#metadata ??= this.#composition.metadataUp(this.#own.metadata));
  }

  get release(): string {
    return this.#own.release;
  }

  get procedure(): string {
    return this.#own.procedure;
  }

  get handlers(): readonly string[] {
    return this.#own.handlers;
  }

  get scopes(): readonly string[] {
    return this.#own.scopes;
  }

  get peer(): Peer {
    return this.#own.peer;
  }

  get notify(): Context["notify"] {
    return (contract) => this.#own.notify(contract);
  }

  sendLeading(metadata: MetadataInit): void {
    this.#own.sendLeading(this.#down(metadata));
  }

  setTrailing(metadata: MetadataInit): void {
    this.#own.setTrailing(this.#down(metadata));
  }

  get<T>(key: ContextKey<T>): T {
    return this.#own.get(key);
  }

  set<T>(key: ContextKey<T>, value: T): void {
    this.#own.set(key, value);
  }

  /** How large it may be, the context asks that it goes to. */
  #down(metadata: MetadataInit): Metadata {
    return this.#composition.metadataDown(metadataFrom(metadata, Infinity));
  }
}
