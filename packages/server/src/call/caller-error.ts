/** What a caller hears of something that was thrown while its call was answered. */
import { ConcordatError, type ErrorDetail, type Metadata } from "@concordat/core";
import {
  type Call,
  isForCaller,
  noMetadata,
  present,
  statusNumbers,
} from "@concordat/core/internal";

import type { Log } from "../log/log.ts";
import type { Dialect, ProcedurePlan } from "../service/procedure-plan.ts";
import { ServerFault } from "../conversion/server-fault.ts";

/** An error that may leave this server, with what travels beside it. */
interface CallerError {
  readonly error: ConcordatError;
  /** The name of an error that the caller's release does not have. */
  readonly metadata: Metadata;
  /** Whether it stands in the place of something that only the log was told. */
  readonly isMasked: boolean;
}

/** Whom an error is told, and the log that is told the rest. */
export interface Addressee {
  readonly plan: ProcedurePlan;
  readonly dialect: Dialect;
  readonly log: Log;
}

/** The key under which a caller finds the name of an error that its own release does not have. */
const unknownErrorKey = "concordat-error";

/**
 * Turns anything that was thrown into what the caller hears, and tells the log what it must not hear. Never throws.
 *
 * A `ConcordatError` of the handler passes. Of one that a call of its own ended with only passes that time was up. Everything else becomes `internal`, because what a handler throws by
 * accident may hold anything: secrets, queries, paths.
 */
export function callerError(thrown: unknown, to: Addressee): CallerError {
  try {
    if (isMeantForCaller(thrown)) return inCallersWords(thrown, to);
    if (thrown instanceof ConcordatError && thrown.code === "deadline_exceeded") return late();
  } catch {
    // It throws when it is looked at, and is told as what it is below.
  }
  tellFault(thrown, to);
  return masked();
}

/** Tells the log of something that was thrown and that nobody else may hear. Never throws. */
function tellFault(thrown: unknown, to: Addressee): void {
  const { plan, dialect, log } = to;
  const { name: procedure } = plan;
  const { release } = dialect;
  const about = { level: "error", event: "handler-failed", procedure, release } as const;
  try {
    if (thrown instanceof ServerFault) logFault(thrown, to);
    else log({ ...about, cause: thrown });
  } catch {
    // It throws when it is looked at; there is nothing in it to tell.
    log({ ...about, message: "something was thrown that throws itself" });
  }
}

/** Ends a call with what was thrown, as far as its caller may hear it. Returns what it was told. */
export function failCall(
  call: Call,
  trailing: Metadata,
  thrown: unknown,
  to: Addressee,
): ConcordatError {
  const { error, metadata } = callerError(thrown, to);
  try {
    call.fail(error, [...trailing, ...metadata]);
  } catch (refused) {
    // With its details it is over the peer's limits, and its code still fits; or something in it is no value of its kind.
    const told =
      refused instanceof ConcordatError
        ? new ConcordatError(error.code, "The error is too large to be sent.")
        : callerError(refused, to).error;
    call.fail(told);
    return told;
  }
  return error;
}

/** A call that was made within this one ended with the deadline that it has from it, or by one of its own. */
function late(): CallerError {
  const message = "A call that the server made for this one was not answered in time.";
  const error = new ConcordatError("deadline_exceeded", message);
  return { error, metadata: noMetadata, isMasked: false };
}

function masked(): CallerError {
  const message = "The server failed on this call; its log says why.";
  return { error: new ConcordatError("internal", message), metadata: noMetadata, isMasked: true };
}

/** JavaScript lets a handler construct a `ConcordatError` from anything; only a real code and text may travel. */
function isMeantForCaller(thrown: unknown): thrown is ConcordatError {
  return (
    thrown instanceof ConcordatError &&
    isForCaller(thrown) &&
    Object.hasOwn(statusNumbers, thrown.code) &&
    typeof thrown.rawMessage === "string"
  );
}

/** A named error that the caller's release does not know keeps its code, message and name, and loses its payload. */
function inCallersWords(thrown: ConcordatError, to: Addressee): CallerError {
  const { detail } = thrown;
  try {
    const told = detail === undefined ? undefined : toldDetail(detail, to);
    return {
      error: withDetail(thrown, told),
      metadata: detail === undefined || told !== undefined ? noMetadata : [nameOf(detail)],
      isMasked: false,
    };
  } catch (refused) {
    // An adapter that refuses to convert the details says something else in their place.
    if (!isMeantForCaller(refused)) throw refused;
    return { error: withDetail(refused, undefined), metadata: noMetadata, isMasked: false };
  }
}

function withDetail(
  { code, rawMessage, retryAfterMs }: ConcordatError,
  detail: ErrorDetail | undefined,
): ConcordatError {
  return new ConcordatError(code, rawMessage, present({ detail, retryAfterMs }));
}

function toldDetail(detail: ErrorDetail, to: Addressee): ErrorDetail | undefined {
  try {
    return to.plan.callerDetail(detail, to.dialect);
  } catch (error) {
    if (!(error instanceof ServerFault)) throw error;
    logFault(error, to);
    return undefined;
  }
}

function logFault({ path, message }: ServerFault, { plan, dialect, log }: Addressee): void {
  const procedure = plan.name;
  const { release } = dialect;
  log({ level: "error", event: "promise-broken", procedure, release, path, message });
}

function nameOf({ name }: ErrorDetail): readonly [string, string] {
  return [unknownErrorKey, name];
}
