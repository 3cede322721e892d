/** The server's behaviour cases as the file writes them; what each step means is in `cases/README.md`. */
import { readFileSync } from "node:fs";
import { spelledOut } from "./behaviour-case.ts";
import type { ChosenLimits } from "./place.ts";

/** A frame with its payload as a value, or bytes in hexadecimal. */
export type WrittenFrame = string | { readonly kind: string; readonly [member: string]: unknown };

/** One step. */
export interface ServerStep {
  /** A hello that the server accepts; members of this one replace its own. */
  readonly "client greets"?: Readonly<Record<string, unknown>>;
  /** Any text; an object becomes JSON. */
  readonly "client says"?: unknown;
  /** One binary message. */
  readonly "client sends"?: readonly WrittenFrame[];
  /** The next frames of the server, whatever messages they come in. */
  readonly "client hears"?: readonly object[];
  /** The server's first message. */
  readonly "server answers"?: object;
  /** The code with which the server closes, or those of which one is right. */
  readonly "server closes"?: number | readonly number[];
}

/** One conversation with a server that is under test. */
export interface ServerCase {
  readonly case: string;
  readonly page: string;
  readonly title: string;
  readonly limits?: ChosenLimits;
  readonly steps: readonly ServerStep[];
}

const file = new URL("../cases/server.json", import.meta.url);

export const serverCases: readonly ServerCase[] = JSON.parse(
  readFileSync(file, "utf8"),
  spelledOut,
) as never; // run step by step, each of which is looked at
