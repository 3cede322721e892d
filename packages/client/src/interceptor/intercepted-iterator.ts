/** Interceptors around a stream of responses: they run from the start of its iteration to the last item. */
import { type CallOptions, ConcordatError } from "@concordat/core";
import { type AnyIterator, iteratorOf, runThrough } from "@concordat/core/internal";
import type { Interceptor } from "./interceptor.ts";
import type { OutgoingContext } from "./outgoing-context.ts";

/** The one consumer of a stream that interceptors run around. */
export class InterceptedIterator implements AsyncIterator<unknown> {
  readonly #context: OutgoingContext;
  /** Settles with the responses, or with `undefined` where the interceptors ended without any. */
  #source: Promise<AnyIterator | undefined>;
  /** What the interceptors made of the end. */
  readonly #chain: Promise<void>;
  #close: (error?: unknown) => void = nothing;
  /** The server's, whatever was put around them: once they were asked for they have to be left. */
  #responses: AsyncIterator<unknown> | undefined;
  /** What the interceptors answered in place of the server. */
  #answer: AnyIterator | undefined;
  #isOver = false;

  constructor(
    interceptors: readonly Interceptor[],
    context: OutgoingContext,
    start: (request: unknown, options: CallOptions) => AsyncIterator<unknown>,
  ) {
    this.#context = context;
    const closed = new Promise<void>((resolve, reject) => {
      this.#close = (error) => (error === undefined ? resolve() : reject(error));
    });
    closed.catch(nothing); // an interceptor need not wait for it
    let opened: (source: AsyncIterator<unknown>) => void = nothing;
    const source = new Promise<AsyncIterator<unknown>>((resolve) => (opened = resolve));
    this.#chain = runThrough<OutgoingContext>(interceptors, context, async () => {
      if (this.#isOver) throw this.#left();
      this.#responses = start(context.request, context.take());
      opened(context.wrapped(this.#responses));
      await closed;
    });
    const ended = this.#chain.then(
      () => (this.#answer = iteratorOf(context.response)),
      () => undefined, // whoever iterates hears of it from the chain itself
    );
    this.#source = Promise.race([source, ended]);
    this.#source.catch(nothing); // nobody may ever ask for an answer that cannot be iterated
  }

  async next(): Promise<IteratorResult<unknown>> {
    if (this.#isOver) return { done: true, value: undefined };
    const source = await this.#source;
    try {
      const result = await source?.next();
      if (result && !result.done) return result; // iterators may leave `done` out
      this.#end();
    } catch (error) {
      this.#isOver = true;
      if (source === this.#answer) throw error; // around this nothing runs any more
      this.#end(error ?? new ConcordatError("unknown", "Something was thrown that is nothing."));
      await this.#chain;
      return this.#goOn();
    }
    this.#isOver = true;
    await this.#chain;
    if (source === undefined) throw this.#context.unanswered();
    return { done: true, value: undefined };
  }

  /** The call has failed, and an interceptor has caught it: what it answers instead comes behind what has come. */
  async #goOn(): Promise<IteratorResult<unknown>> {
    this.#answer = iteratorOf(this.#context.response);
    if (this.#answer === undefined) return { done: true, value: undefined };
    this.#isOver = false;
    this.#source = Promise.resolve(this.#answer);
    return this.next();
  }

  async return(): Promise<IteratorResult<unknown>> {
    if (!this.#isOver) {
      this.#isOver = true;
      this.#close(this.#left());
      const source = await this.#source;
      try {
        await source?.return?.();
      } finally {
        this.#end();
      }
      await this.#chain.catch(nothing); // the reader left, and hears no more
    }
    return { done: true, value: undefined };
  }

  /** What was put around the responses may have ended without them, and their call would stay open. */
  #end(error?: unknown): void {
    this.#close(error);
    void this.#responses?.return?.();
  }

  #left(): ConcordatError {
    return new ConcordatError("cancelled", `The reader of ${this.#context.procedure} left it.`);
  }
}

function nothing(): void {
  // There is nobody to tell.
}
