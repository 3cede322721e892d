/** The behaviour cases of calls as the file writes them; what each member means is in `cases/README.md`. */
import { readFileSync } from "node:fs";
import type { CallKind } from "@concordat/core";
import type { ChosenLimits } from "./place.ts";
import type { Step } from "./scripted-contract.ts";

/** When, and how, a caller gives up. */
export interface GivingUp {
  readonly at:
    | "before"
    | "once"
    | "started"
    | "leading"
    | "over"
    | { readonly items: number }
    | { readonly sent: number };
  readonly by?: "signal" | "break";
  readonly times?: number;
}

/** One call of a case. */
export interface CallOfCase {
  readonly kind: CallKind | "clientNotification";
  /** What the handler does. */
  readonly handler: readonly Step[];
  /** What the caller streams behind the script, or tells one by one where it is a notification. */
  readonly sends?: readonly unknown[];
  /** A stream of so many items of so many characters. */
  readonly sendsMany?: { readonly count: number; readonly bytes: number };
  /** Whether the caller's stream stays open. Default: it ends behind its last item. */
  readonly staysOpen?: boolean;
  readonly timeoutMs?: number;
  readonly metadata?: readonly (readonly [string, unknown])[];
  readonly givesUp?: GivingUp;
  /** Takes so many items, and then none until all other calls of the case are over. */
  readonly stallsAfter?: number;
  /** Begins when the handler of the call of this index has started. */
  readonly after?: number;
  readonly expect: Expectation;
}

/** What the caller gets, and how the handler fared. Members that are not named are not compared. */
export interface Expectation {
  readonly response?: unknown;
  readonly items?: readonly unknown[];
  readonly itemCount?: number;
  /** The first items, where how many come is not certain. */
  readonly itemsAtMost?: readonly unknown[];
  readonly ends?: "well";
  readonly fails?: {
    readonly code: string;
    readonly rawMessage?: string;
    readonly detail?: unknown;
    readonly retryAfterMs?: number;
    readonly origin?: string;
  };
  readonly leading?: readonly (readonly [string, unknown])[];
  readonly trailing?: readonly (readonly [string, unknown])[];
  readonly handler?: {
    readonly started?: number;
    readonly ended?: number;
    readonly taken?: number;
    readonly yielded?: number;
    readonly aborted?: string;
    readonly told?: readonly unknown[];
    readonly takenAtMost?: number;
    readonly yieldedAtMost?: number;
  };
}

/** One case. */
export interface BehaviourCase {
  readonly case: string;
  readonly title: string;
  /** The suite that a case like it stands in. */
  readonly like?: string;
  /** Limits of the server, and of the client, other than the defaults. */
  readonly limits?: ChosenLimits;
  readonly clientLimits?: ChosenLimits;
  readonly calls: readonly CallOfCase[];
  /** What the client has been told when all calls are over. */
  readonly hears?: readonly unknown[];
}

const file = new URL("../cases/calls.json", import.meta.url);

export const behaviourCases: readonly BehaviourCase[] = JSON.parse(
  readFileSync(file, "utf8"),
  spelledOut,
) as never; // every case is run, and every member of it is looked at there

/** `{"$text": "x", "times": 1000}` and `{"$bytes": "00 ff"}`, which JSON cannot say, or not in short. */
export function spelledOut(_name: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  const text: unknown = Reflect.get(value, "$text");
  if (typeof text === "string") return text.repeat(Number(Reflect.get(value, "times")));
  const bytes: unknown = Reflect.get(value, "$bytes");
  if (typeof bytes === "string")
    return Uint8Array.from(Buffer.from(bytes.replaceAll(" ", ""), "hex"));
  return value;
}
