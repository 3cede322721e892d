/** `welcome`, server to client: what was agreed on. Frozen for ever. */
import type { Deprecation } from "../error/deprecation.ts";
import { present } from "../error/present.ts";
import type { PeerLimits } from "../wire/limits.ts";
import {
  amount,
  count,
  HandshakeFault,
  isObject,
  type JsonMessage,
  list,
  member,
  object,
  text,
  texts,
  textsOf,
} from "./json-message.ts";
import type { Inspection } from "./inspection.ts";
import { deprecationIn } from "./notice.ts";
import { peerLimitsFrom } from "./peer-limits.ts";

/** What was agreed on for one contract. */
export interface WelcomedContract {
  readonly name: string;
  /** The negotiated release; `undefined` for a working tree, and where the contract is absent. */
  readonly release: string | undefined;
  /** The fingerprint of the negotiated release; `undefined` where an optional contract is absent. */
  readonly fingerprint: string | undefined;
  /** The close name that an absent contract would have been refused with. */
  readonly absent?: string;
  /** The newest release that this server has, where it is newer than all that were offered. */
  readonly newest?: string;
  /** What clients of this release should know. */
  readonly notice?: Deprecation;
}

/** The server's answer to a hello that it accepts. */
export interface Welcome {
  readonly wire: number;
  readonly encoding: string;
  readonly contracts: readonly WelcomedContract[];
  /**
   * Whether calls that came before this message are being executed, or were dropped unread because some contract
   * was agreed on in another release than its first offer. If dropped, the client sends `begin` and all of them again.
   */
  readonly early: "accepted" | "discarded";
  /**
   * The session, where it can be resumed. The token is good for one resume, within `graceMs` of a cut. `received` is
   * there when this welcome resumes: so many frames of calls of the client have arrived.
   */
  readonly session?: {
    readonly token: string;
    readonly graceMs: number;
    readonly received?: number;
  };
  /** How long the client's credentials are good for, where they are not for as long as the connection lasts. */
  readonly auth?: { readonly expiresInMs: number };
  /** What the server speaks, where a hello without contracts asked for it and may know; read with `inspectionIn`. */
  readonly inspect?: Inspection;
  /** For logs. */
  readonly server: { readonly name?: string; readonly build?: string };
  readonly capabilities: readonly string[];
  readonly limits: PeerLimits;
}

/** A welcome as JSON text; for `grease` see `helloToText`. */
export function welcomeToText(welcome: Welcome, grease: string): string {
  return JSON.stringify({
    concordat: "welcome",
    ...welcome,
    capabilities: [...welcome.capabilities, `x-${grease}`],
    [`x-${grease}`]: grease,
  });
}

/**
 * A welcome from a JSON message that says so.
 *
 * @throws HandshakeFault when what the client cannot do without is missing.
 */
export function welcomeFromJson(json: JsonMessage): Welcome {
  const wire = amount(json, "wire");
  const encoding = text(json, "encoding");
  if (wire === undefined || encoding === undefined) {
    throw new HandshakeFault("the welcome names no wire revision or no encoding");
  }
  return {
    wire,
    encoding,
    contracts: list(json, "contracts").filter(isObject).map(welcomedContract),
    early: member(json, "early") === "discarded" ? "discarded" : "accepted",
    server: textsOf(object(json, "server"), ["name", "build"]),
    capabilities: texts(json, "capabilities"),
    limits: peerLimitsFrom(object(json, "limits")),
    ...present({
      session: sessionOf(object(json, "session")),
      auth: authOf(object(json, "auth")),
    }),
  };
}

function sessionOf(json: JsonMessage): Welcome["session"] {
  const token = text(json, "token", 200);
  const graceMs = amount(json, "graceMs");
  if (token === undefined || graceMs === undefined) return undefined;
  return { token, graceMs, ...present({ received: count(json, "received") }) };
}

function authOf(json: JsonMessage): Welcome["auth"] {
  const expiresInMs = amount(json, "expiresInMs");
  return expiresInMs === undefined ? undefined : { expiresInMs };
}

function welcomedContract(json: JsonMessage): WelcomedContract {
  return {
    name: text(json, "name") ?? "",
    release: text(json, "release"),
    fingerprint: text(json, "fingerprint"),
    ...textsOf(json, ["absent"]),
    ...textsOf(json, ["newest"], 64),
    ...present({ notice: deprecationIn(json, "notice") }),
  };
}
