/** `hello`, client to server, the first message: frozen for ever, readable by every server there will ever be. */
import type { Offer } from "../contract/client-contract.ts";
import { isContractName } from "../contract/name.ts";
import { present } from "../error/present.ts";
import type { ContractRequest } from "../negotiation/negotiate-all.ts";
import { isReleaseNumber } from "../release/number.ts";
import type { PeerLimits } from "../wire/limits.ts";
import {
  count,
  HandshakeFault,
  isObject,
  type JsonMessage,
  jsonMessage,
  list,
  member,
  object,
  text,
  texts,
} from "./json-message.ts";
import { peerLimitsFrom } from "./peer-limits.ts";

/** What a client says first. */
export interface Hello {
  /** Wire revisions, newest first. */
  readonly wire: readonly number[];
  /** Payload encodings, most preferred first. */
  readonly encodings: readonly string[];
  /** For logs and counters. Nothing is ever decided by it. */
  readonly client: { readonly name?: string; readonly version?: string };
  readonly contracts: readonly ContractRequest[];
  /** Whatever the server's `authenticate` wants; any JSON. */
  readonly auth: unknown;
  readonly capabilities: readonly string[];
  readonly limits: PeerLimits;
  /** The session to go on with. A hello that has one sends no early data. */
  readonly resume?: { readonly token: string; readonly received: number } | undefined;
}

/** So many releases of one contract a client offers at most: those of a lone one, with a kilobyte of credentials. */
export const mostOffers = 128;
/** The most contracts, and the most offers of one, that a hello may carry. */
const maxEntries = 256;
const fingerprintGrammar = /^sha256:[0-9a-f]{64}$/;

/**
 * A hello as JSON text.
 *
 * @param grease One random word: it travels as a member and as a capability that every server has to ignore,
 * so that this tolerance does not rust (RFC 8701 does the same for TLS).
 * @param most How many offers of each contract are said: the first. Default: all.
 */
export function helloToText(hello: Hello, grease: string, most?: number): string {
  const { contracts, auth, client, capabilities, ...rest } = hello;
  return JSON.stringify({
    concordat: "hello",
    ...rest,
    client,
    contracts: contracts.map(({ name, offers, optional, uses }) => ({
      name,
      offers: offers.slice(0, most).map(({ release, fingerprint }) => ({ release, fingerprint })),
      optional: optional === true || undefined, // left out where it is false
      uses,
    })),
    auth,
    capabilities: [...capabilities, `x-${grease}`],
    [`x-${grease}`]: grease,
  });
}

/**
 * A hello from the first message of a connection. Unknown members are ignored.
 *
 * @throws HandshakeFault when it is none.
 */
export function helloFromMessage(message: string | Uint8Array, maxBytes: number): Hello {
  const json = jsonMessage(message, maxBytes);
  if (member(json, "concordat") !== "hello") {
    throw new HandshakeFault('the first message has no member "concordat": "hello"');
  }
  const wire = list(json, "wire").filter((revision) => Number.isSafeInteger(revision));
  const client = object(json, "client");
  const contracts = list(json, "contracts");
  if (contracts.length > maxEntries)
    throw new HandshakeFault(`more than ${maxEntries} contracts are offered`);
  return {
    wire: wire as number[], // isSafeInteger holds for numbers only
    encodings: texts(json, "encodings"),
    client: present({ name: text(client, "name", 200), version: text(client, "version", 200) }),
    contracts: eachOnce(contracts.map(contractRequest)),
    auth: member(json, "auth"),
    capabilities: texts(json, "capabilities"),
    limits: peerLimitsFrom(object(json, "limits")),
    ...present({ resume: resumeOf(object(json, "resume")) }),
  };
}

function resumeOf(json: JsonMessage): Hello["resume"] {
  const token = text(json, "token", 200);
  const received = count(json, "received");
  return token === undefined || received === undefined ? undefined : { token, received };
}

function contractRequest(value: unknown): ContractRequest {
  const name = isObject(value) ? text(value, "name", 64) : undefined;
  if (!isObject(value) || name === undefined || !isContractName(name)) {
    throw new HandshakeFault("a contract has no well-formed name");
  }
  const offers = list(value, "offers");
  if (offers.length > maxEntries)
    throw new HandshakeFault(`more than ${maxEntries} releases of one contract are offered`);
  const optional = member(value, "optional") === true;
  return { name, offers: offers.map(offer), optional, ...present({ uses: usesOf(value) }) };
}

/** The only procedures that the client calls; `undefined` where it does not say. */
function usesOf(value: JsonMessage): readonly string[] | undefined {
  if (!Array.isArray(member(value, "uses"))) return undefined;
  const uses = texts(value, "uses");
  if (uses.length > maxEntries)
    throw new HandshakeFault(`more than ${maxEntries} procedures of one contract are named`);
  return uses;
}

/** Two entries for one contract could be agreed on in two releases, and a call would not say which it means. */
function eachOnce(requests: readonly ContractRequest[]): readonly ContractRequest[] {
  if (new Set(requests.map(({ name }) => name)).size < requests.length)
    throw new HandshakeFault("a contract is asked for twice");
  return requests;
}

function offer(value: unknown): Offer {
  if (!isObject(value)) throw new HandshakeFault("an offer is not an object");
  const release = releaseOf(value);
  const fingerprint = text(value, "fingerprint", 71);
  if (fingerprint === undefined || !fingerprintGrammar.test(fingerprint)) {
    throw new HandshakeFault("an offer has no well-formed fingerprint");
  }
  return release === undefined ? { fingerprint } : { release, fingerprint };
}

function releaseOf(value: JsonMessage): string | undefined {
  const release = member(value, "release");
  if (release === undefined || release === null) return undefined;
  if (typeof release === "string" && isReleaseNumber(release)) return release;
  throw new HandshakeFault("an offered release is not major.minor.patch");
}
