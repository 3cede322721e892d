/** Where an inspection goes, and with which credentials. */
import { resolve } from "node:path";

import { readJsonFile } from "../project/json-file.ts";
import { UnusableInput } from "../project/unusable-input.ts";
import type { Caller } from "./greeting.ts";

/** The flags that say so. */
export interface BearingFlags {
  readonly auth: string | undefined;
  readonly header: readonly string[];
}

/** How long a server may take: longer than its own limit for a handshake. */
const timeoutMs = 10_000;
/** RFC 9110: a token, and visible characters. Anything else would be a header of its own. */
const headerGrammar = /^([!#$%&'*+.^_`|~\w-]+):[ \t]*([\x20-\x7e\t]*)$/;

/**
 * Reads the operand and the flags.
 *
 * @throws UnusableInput for an address that is none, credentials that cannot be read, and a malformed header.
 */
export async function bearing(
  url: string,
  { auth, header }: BearingFlags,
  cwd: string,
): Promise<Caller> {
  const headers = Object.fromEntries(header.map(headerFrom));
  const credentials = auth === undefined ? undefined : await readJsonFile(resolve(cwd, auth));
  return { url: checked(url), headers, credentials, timeoutMs };
}

function checked(text: string): string {
  const shown = JSON.stringify(text);
  if (!URL.canParse(text))
    throw new UnusableInput(
      `${shown} is no address; write ws://HOST:PORT/PATH or wss://HOST/PATH.`,
    );
  const { protocol, hash, href } = new URL(text);
  if (protocol !== "ws:" && protocol !== "wss:") {
    const instead = { "http:": "ws:", "https:": "wss:" }[protocol];
    const hint = instead === undefined ? "ws: or wss:" : `${instead}${href.slice(protocol.length)}`;
    throw new UnusableInput(`${shown} is not the address of a WebSocket; write ${hint}.`);
  }
  if (hash !== "")
    throw new UnusableInput(`${shown} has a fragment (${hash}), which no WebSocket can have.`);
  return href;
}

function headerFrom(text: string): readonly [string, string] {
  const match = headerGrammar.exec(text);
  if (match?.[1] === undefined || match[2] === undefined) {
    const example = '"Origin: https://app.example"';
    throw new UnusableInput(
      `--header ${JSON.stringify(text)} is no header; write it as ${example}.`,
    );
  }
  return [match[1], match[2]];
}
