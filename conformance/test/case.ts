/** The behaviour cases as the files write them. */
import { readFileSync } from "node:fs";

/** What an application asks of its client. */
export interface CallStep {
  readonly call: string;
  readonly kind: "unary" | "serverStream" | "clientStream" | "bidiStream";
  readonly procedure: string;
  readonly request?: unknown;
  readonly items?: readonly unknown[];
}

/** What an application gets from a call. */
export interface OutcomeStep {
  readonly call: string;
  readonly response?: unknown;
  readonly items?: readonly unknown[];
  readonly ends?: string;
  readonly fails?: string;
  readonly message?: string;
  readonly detail?: unknown;
  readonly retryAfterMs?: number;
}

/** What an application learns of a refusal. */
export interface RefusalStep {
  readonly code: number;
  readonly upgradeRequired?: boolean;
  readonly terminal?: boolean;
  readonly message?: string;
  readonly floor?: string;
  readonly newest?: string;
  readonly mustMove?: string;
}

/** One step; a case is a list of them. */
export interface Step {
  readonly server?: "welcome";
  readonly picks?: number;
  readonly early?: string;
  readonly limits?: object;
  readonly more?: object;
  readonly "server hears"?: "hello" | readonly string[];
  readonly "server sends"?: readonly string[];
  readonly "server says"?: object;
  readonly "server closes"?: readonly [code: number, reason: string];
  readonly "client calls"?: CallStep;
  readonly "client cancels"?: string;
  readonly "client renews"?: unknown;
  readonly "client has"?: OutcomeStep;
  readonly "client closes"?: number;
  readonly "client is refused"?: RefusalStep;
}

/** One conversation. */
export interface Case {
  readonly case: string;
  /** Where it is written down, under docs/protocol. */
  readonly page: string;
  readonly title: string;
  readonly steps: readonly Step[];
}

const file = new URL("../cases/client.json", import.meta.url);

export const clientCases: readonly Case[] = JSON.parse(readFileSync(file, "utf8")) as never; // run step by step, each of which is looked at

/** What every client under test offers. */
export const caseContracts = [
  {
    name: "o",
    offers: [
      { release: "1.1.0", fingerprint: `sha256:${"a".repeat(64)}` },
      { release: "1.0.0", fingerprint: `sha256:${"b".repeat(64)}` },
    ],
  },
] as const;
