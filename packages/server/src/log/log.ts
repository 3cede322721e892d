/** What a server tells its operator. */
import { ConcordatError } from "@concordat/core";

import type { LogEventName, LogRule } from "./log-events.ts";
import { disown } from "../thenable.ts";

/** One thing worth knowing. Every text in it that came from a peer is data: escape it where it is shown. */
export interface LogEvent {
  /** How much it matters. `standardLog` leaves `info` out. */
  readonly level: LogRule["level"];
  /** What happened, as a stable name: {@link logEvents} says what each is about. */
  readonly event: LogEventName;
  /** Contract and procedure, where it is about a call. */
  readonly procedure?: string;
  /** The caller's release, where it is known. */
  readonly release?: string;
  /** Where in a message, as a JSON pointer. */
  readonly path?: string;
  /** What happened, for people. */
  readonly message?: string;
  /** The client's address, where there is one. */
  readonly address?: string;
  /** The close code that a connection ended with. */
  readonly closeCode?: number;
  /** What was thrown. Never leaves this process. */
  readonly cause?: unknown;
}

/** Takes what happens. What it throws, or its promise rejects with, is dropped: a log that fails must not fail a call. */
export type Log = (event: LogEvent) => void;

/** Writes warnings and errors to the standard error stream, one line of JSON each, which escapes whatever a peer sent. */
export const standardLog: Log = ({ cause, ...event }) => {
  if (event.level === "info") return;
  outliveStderr();
  // oxlint-disable-next-line no-console -- this is where a server without a log of its own speaks
  console.error(printable(JSON.stringify({ ...event, cause: textOf(cause) })));
};

/**
 * Node ends a process that writes to a full disk, or to a reader that is gone, where nobody listens to that stream's
 * errors; its console listens to one of those of a turn. Other runtimes may have no such stream.
 */
function outliveStderr(): void {
  const stderr: Partial<NodeJS.WriteStream> | undefined = globalThis.process?.stderr;
  if (stderr?.listenerCount?.("error") === 0) stderr.on?.("error", unheard);
}

function unheard(): void {
  // Nobody is left to be told.
}

/** JSON leaves some characters as they are that steer a terminal, end a line, or turn the direction of what is read. */
function printable(json: string): string {
  return json.replaceAll(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, (character) =>
    Array.from({ length: character.length }, (_, at) => escapeOf(character.charCodeAt(at))).join(
      "",
    ),
  );
}

function escapeOf(unit: number): string {
  return `\\u${unit.toString(16).padStart(4, "0")}`;
}

/** The same log, which never throws. */
export function guarded(log: Log): Log {
  return (event) => {
    try {
      disown(log(event)); // an async function is a log, too
    } catch {
      // Nobody is left to be told.
    }
  };
}

/** Anything can be thrown: also `null`, and what throws again when it is looked at. */
function textOf(cause: unknown): string | undefined {
  if (cause === undefined) return undefined;
  try {
    const { rawMessage } = ConcordatError.from(cause);
    return cause instanceof Error ? (cause.stack ?? rawMessage) : rawMessage;
  } catch {
    return "(it throws when it is looked at)";
  }
}
