/** From hello to welcome or refusal: wire revision, encoding, credentials, then each contract. */
import type { Peer } from "@concordat/core";
import {
  announce,
  canonicalJson,
  type ContractOutcome,
  encodings,
  type Hello,
  type Limits,
  negotiateAll,
  present,
  refusal,
  type Refusal,
  type Welcome,
  wireRevisions,
} from "@concordat/core/internal";

import { type Authenticate, type ConnectionRequest, refusalOf } from "./authenticate.ts";
import type { Log } from "./log.ts";
import type { Middleware } from "./middleware.ts";
import type { Audience } from "./notification/audience.ts";
import { randomToken } from "./random.ts";
import type { Service } from "./service.ts";
import type { SessionIdentity, Sessions } from "./sessions.ts";

/** What admission needs to know of the server. */
export interface AdmissionPolicy {
  readonly services: ReadonlyMap<string, Service>;
  readonly authenticate: Authenticate | undefined;
  readonly limits: Limits;
  readonly server: Welcome["server"];
  readonly sessions: Sessions;
  readonly audience: Audience;
  readonly log: Log;
  /** Around every call, outermost first. */
  readonly middleware: readonly Middleware[];
}

/** What was agreed on for one contract: which release of which service. */
export interface Admitted {
  readonly service: Service;
  /** The negotiated release, as an index of the service's history. */
  readonly index: number;
}

/** What came of a hello. */
export type Admission =
  | {
      readonly welcome: Welcome;
      readonly peer: Peer;
      readonly contracts: ReadonlyMap<string, Admitted>;
      /** What a session has to have in common with this connection to go on here. */
      readonly identity: SessionIdentity;
      readonly refusal: undefined;
    }
  | { readonly welcome: undefined; readonly refusal: Refusal };

/** Decides about a hello. Never throws. */
export async function admit(
  hello: Hello,
  connection: Omit<ConnectionRequest, "credentials" | "client">,
  policy: AdmissionPolicy,
): Promise<Admission> {
  const wire = wireRevisions.find((revision) => hello.wire.includes(revision));
  if (wire === undefined) return { welcome: undefined, refusal: wireRefusal(hello.wire) };
  const encoding = encodings.find((name) => hello.encodings.includes(name));
  if (encoding === undefined)
    return { welcome: undefined, refusal: encodingRefusal(hello.encodings) };

  let principal: unknown;
  try {
    const { auth: credentials, client } = hello;
    principal = await policy.authenticate?.({ ...connection, credentials, client });
  } catch (error) {
    policy.log({ level: "warn", event: "authentication-failed", cause: error });
    return { welcome: undefined, refusal: refusalOf(error) };
  }

  const served = new Map([...policy.services].map(([name, service]) => [name, service.served]));
  const outcome = negotiateAll(hello.contracts, served);
  if (outcome.refusal !== undefined) return { welcome: undefined, refusal: outcome.refusal };
  const { name, version } = hello.client;
  return {
    welcome: welcomeOf(outcome.contracts, wire, encoding, policy),
    peer: { name, version, address: connection.address, principal },
    contracts: admittedOf(outcome.contracts, policy.services),
    identity: identityOf(outcome.contracts, principal),
    refusal: undefined,
  };
}

function welcomeOf(
  contracts: readonly ContractOutcome[],
  wire: number,
  encoding: string,
  { limits, server }: AdmissionPolicy,
): Welcome {
  return {
    wire,
    encoding,
    contracts: contracts.map(({ name, agreed, absent }) => ({
      name,
      release: agreed?.served.release,
      fingerprint: agreed?.served.fingerprint,
      ...present({ absent: absent?.closeName, notice: agreed?.served.notice }),
    })),
    // Early calls were encoded for each contract's first offer: they stand only if every one of those was picked.
    early: contracts.every(({ agreed }) => agreed?.offer === 0) ? "accepted" : "discarded",
    server,
    capabilities: [],
    limits: announce((name) => limits[name]),
  };
}

function admittedOf(
  contracts: readonly ContractOutcome[],
  services: ReadonlyMap<string, Service>,
): ReadonlyMap<string, Admitted> {
  const admitted = new Map<string, Admitted>();
  for (const { name, agreed } of contracts) {
    const service = services.get(name);
    if (agreed === undefined || service === undefined) continue;
    admitted.set(name, { service, index: service.indexOf(agreed.served) });
  }
  return admitted;
}

/** A session never outlives a change of what was agreed on, nor of who is calling. */
function identityOf(contracts: readonly ContractOutcome[], principal: unknown): SessionIdentity {
  const agreed = contracts.map(({ name, agreed: on }) => [name, on?.served.fingerprint]);
  try {
    return canonicalJson([agreed, typeof principal, namingOf(principal)]);
  } catch {
    return randomToken(); // it is like no other: its sessions end with their connection
  }
}

/** @throws TypeError for a principal that two callers could seem to share: JSON shows nothing of what it hides. */
function namingOf(principal: unknown): unknown {
  if (typeof principal === "function" || typeof principal === "symbol")
    throw new TypeError("A principal that has only its identity.");
  if (typeof principal !== "object" || principal === null) return String(principal);
  if (Array.isArray(principal) || Object.getPrototypeOf(principal) === Object.prototype)
    return principal;
  throw new TypeError("A principal of a class.");
}

function wireRefusal(offered: readonly number[]): Refusal {
  const newest = Math.max(...wireRevisions);
  const isNewer = offered.length > 0 && offered.every((revision) => revision > newest);
  const mustMove = isNewer ? "server" : "client";
  const speaks = offered.length === 0 ? "none" : offered.slice(0, 5).join(", ");
  const message = `The client speaks wire revisions ${speaks}; the server speaks ${wireRevisions.join(", ")}. The ${mustMove} has to be updated.`;
  return refusal("wire-unsupported", { message, mustMove });
}

function encodingRefusal(offered: readonly string[]): Refusal {
  const message = `The client offers ${offered.length} payload encodings, none of which is ${encodings.join(" or ")}.`;
  return refusal("encoding-unsupported", { message });
}
