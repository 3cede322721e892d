/** What holds for all calls of a procedure or a group of them. */
import { ConcordatError, type Metadata, type MetadataInit } from "@concordat/core";
import { metadataFrom, noMetadata, present } from "@concordat/core/internal";
import { numbersOf } from "./option-numbers.ts";
import { defaultRetry, type RetryOptions } from "./retries.ts";

/** Options for calls that do not say otherwise. */
export interface CallDefaults {
  /** As in the options of a call. Default: the client's `timeoutMs`. */
  readonly timeoutMs?: number;
  /** Pairs that travel ahead of those of the call itself. Default: none. */
  readonly metadata?: MetadataInit;
  /** How idempotent procedures are made again; `false` for never. Default: the client's `retry`. */
  readonly retry?: false | Partial<RetryOptions>;
}

/**
 * Defaults by what they are for: a procedure (`orders/place`), or all below a name that ends in `/` (`orders/`). The
 * longer name wins, member by member; metadata of both is sent.
 */
export interface CallDefaultsByName {
  readonly [name: string]: CallDefaults;
}

/** What holds for one procedure, with nothing left open. */
export interface ResolvedDefaults {
  readonly timeoutMs: number | undefined;
  readonly metadata: Metadata;
  readonly retry: false | RetryOptions;
}

/** The defaults of a client that says nothing of single procedures. */
export function defaultsOfAll({ timeoutMs, retry }: CallDefaults): ResolvedDefaults {
  return {
    timeoutMs,
    metadata: noMetadata,
    retry: retry === false ? false : numbersOf(defaultRetry, retry, "retry."),
  };
}

/** The defaults of one procedure, general ones first. */
export function defaultsOf(
  path: string,
  client: Pick<CallDefaults, "timeoutMs" | "retry">,
  byName: CallDefaultsByName,
  metadataBytes: number,
): ResolvedDefaults {
  const meant = Object.entries(byName)
    .filter(([name]) => name === path || (name.endsWith("/") && path.startsWith(name)))
    .toSorted(([one], [other]) => one.length - other.length)
    .map(([, defaults]) => defaults);
  const all: readonly CallDefaults[] = [client, ...meant];
  const metadata = all.flatMap((each) => [...metadataFrom(each.metadata, metadataBytes)]);
  const timeoutMs = all.findLast((each) => each.timeoutMs !== undefined)?.timeoutMs;
  const retry = all.findLast((each) => each.retry !== undefined)?.retry;
  return { ...defaultsOfAll(present({ timeoutMs, retry })), metadata };
}

/**
 * The metadata of a call behind that of its procedure.
 *
 * @throws ConcordatError where a pair cannot travel, or all together are over the limit.
 */
export function joined(
  defaults: Metadata,
  own: MetadataInit | undefined,
  maxBytes: number,
): Metadata {
  const pairs = metadataFrom(own, maxBytes);
  return defaults.length === 0 ? pairs : metadataFrom([...defaults, ...pairs], maxBytes);
}

/** @throws ConcordatError `invalid_argument` for a name that nothing goes by: a slip of the pen would never be seen. */
export function checkDefaults(byName: CallDefaultsByName, paths: readonly string[]): void {
  for (const name of Object.keys(byName)) {
    const isKnown = paths.some(
      (path) => path === name || (name.endsWith("/") && path.startsWith(name)),
    );
    if (isKnown) continue;
    const message = `There is no procedure ${JSON.stringify(name)} among the contracts of this client; write "contract/procedure", or "contract/" for all of it.`;
    throw new ConcordatError("invalid_argument", message);
  }
}
