/** A hello from this command, and the answer to it. */
import { randomBytes } from "node:crypto";

import {
  announce,
  type ContractRequest,
  encodings,
  helloToText,
  inspectCapability,
  limitsWith,
  routingToken,
  tokenOfRevision,
  wireRevisions,
} from "@concordat/core/internal";

import { UnusableInput } from "../project/unusable-input.ts";
import { type HandshakeAnswer, type NoAnswer, shakeHands } from "./ws-handshake.ts";

/** Whom to ask, and as whom. */
export interface Caller {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Any JSON, for the server's `authenticate`. */
  readonly credentials: unknown;
  readonly timeoutMs: number;
}

/** Refusals that are about what was offered. All others say nothing about releases. */
const aboutReleases: ReadonlySet<number> = new Set([4404, 4410, 4412, 4426, 4427, 4526]);

const withoutAnswer: Readonly<Record<NoAnswer["kind"], string>> = {
  stranger: "does not speak Concordat at this path",
  away: "lets nobody in at the moment",
  unreachable: "cannot be reached",
};

/**
 * Says hello with these contracts; with none, asks for an inspection.
 *
 * @throws UnusableInput where nobody answers, somebody else does, or the server refuses for another reason.
 */
export async function greet(
  caller: Caller,
  contracts: readonly ContractRequest[],
): Promise<HandshakeAnswer> {
  const { url, headers, credentials, timeoutMs } = caller;
  const answer = await shakeHands({
    url,
    headers,
    timeoutMs,
    protocols: [
      ...wireRevisions.map(tokenOfRevision),
      ...contracts.map(({ name, offers }) => routingToken(name, offers[0]?.release)),
    ],
    hello: helloText(contracts, credentials),
  });
  if ("reason" in answer) {
    throw new UnusableInput(`${url} ${withoutAnswer[answer.kind]}: ${answer.reason}.`);
  }
  if (answer.kind === "refused" && !aboutReleases.has(answer.refusal.closeCode)) {
    const { closeCode, closeName, message } = answer.refusal;
    const isForbiddenAsk = contracts.length === 0 && closeCode === 4403;
    if (!isForbiddenAsk)
      throw new UnusableInput(`${url} refuses with ${closeCode} (${closeName}): ${message}`);
  }
  return answer;
}

function helloText(contracts: readonly ContractRequest[], auth: unknown): string {
  const limits = limitsWith();
  return helloToText(
    {
      wire: wireRevisions,
      encodings,
      client: { name: "concordat inspect" },
      contracts,
      auth,
      capabilities: contracts.length === 0 ? [inspectCapability] : [],
      limits: announce((name) => limits[name]),
    },
    randomBytes(3).toString("hex"),
  );
}
