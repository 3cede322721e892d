/** Handlers that do as they are told, and remember what they were given. */
import { type Metadata, procedureKinds, type ReleaseDocument } from "@concordat/core";
import { nameTree } from "@concordat/core/internal";

/** What the handler of one procedure does next. */
export interface Part {
  readonly procedure: string;
  /** The response, or the items of it. */
  readonly answers: readonly unknown[];
  /** Thrown once all answers were given that can be. Default: it ends well. */
  readonly error?: Error;
}

/** What a handler was given. */
export interface Arrival {
  readonly procedure: string;
  readonly requests: readonly unknown[];
  readonly metadata: Metadata;
}

type Handler = (request: unknown, context: { readonly metadata: Metadata }) => unknown;

/** The handlers of one release. */
export class Script {
  /** Whatever came since the last part began. */
  readonly arrivals: Arrival[] = [];
  readonly #spare: (procedure: string) => readonly unknown[];
  #part: Part | undefined;

  /** @param spare What a procedure answers that no part is about: an adapter may call it. */
  constructor(spare: (procedure: string) => readonly unknown[]) {
    this.#spare = spare;
  }

  /** Begins a part; without one every procedure answers what is to spare. What came before is forgotten. */
  begin(part?: Part): void {
    this.#part = part;
    this.arrivals.length = 0;
  }

  /** The handlers of a release, nested as `implement` wants them. */
  handlers({ procedures }: ReleaseDocument): object {
    const run = new Map<string, Handler>();
    for (const [name, { kind }] of Object.entries(procedures)) {
      if (kind === "serverNotification") continue;
      const { requestStream, responseStream } = procedureKinds[kind];
      const handler = responseStream
        ? this.#streaming(name, requestStream)
        : this.#single(name, requestStream);
      run.set(name, handler);
    }
    return nameTree(run);
  }

  #single(name: string, isStream: boolean): Handler {
    return async (request, { metadata }) => {
      this.arrivals.push({
        procedure: name,
        requests: await collected(request, isStream),
        metadata,
      });
      const { answers, error } = this.#partOf(name);
      if (error !== undefined) throw error;
      return answers[0];
    };
  }

  #streaming(name: string, isStream: boolean): Handler {
    const { arrivals } = this;
    const partOf = (): Omit<Part, "procedure"> => this.#partOf(name);
    return async function* (request, { metadata }) {
      arrivals.push({ procedure: name, requests: await collected(request, isStream), metadata });
      const { answers, error } = partOf();
      yield* answers;
      if (error !== undefined) throw error;
    };
  }

  #partOf(name: string): Omit<Part, "procedure"> {
    return this.#part?.procedure === name ? this.#part : { answers: this.#spare(name) };
  }
}

async function collected(request: unknown, isStream: boolean): Promise<readonly unknown[]> {
  if (!isStream) return [request];
  const items: unknown[] = [];
  // The server gives the handler of a stream of requests what can be read like this.
  for await (const item of request as AsyncIterable<unknown>) items.push(item);
  return items;
}
