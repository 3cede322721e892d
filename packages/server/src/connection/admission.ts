/** From hello to welcome or refusal: wire revision, encoding, credentials, then each contract. */
import type { Peer } from "@concordat/core";
import {
  announce,
  type Clock,
  compareReleaseNumbers,
  type ContractOutcome,
  type Encoding,
  encodings,
  type Hello,
  type Limits,
  isEncoding,
  negotiateAll,
  type Offer,
  present,
  refusal,
  type Refusal,
  type ServedContract,
  type Welcome,
  wireRevisions,
} from "@concordat/core/internal";

import type { Agreement, Agreements } from "./agreement.ts";
import type { ConnectionRequest } from "../peer/authenticate.ts";
import {
  asksForInspection,
  inspectionFor,
  inspectionRefusal,
  type InspectPolicy,
} from "../log/inspection.ts";
import type { ClientLabel } from "../fleet/client-label.ts";
import type { Fleet } from "../fleet/fleet.ts";
import type { Middleware } from "../middleware/middleware.ts";
import type { Audience } from "../notification/audience.ts";
import { type Proof, type ProofPolicy, prove } from "../peer/proof.ts";
import type { Service } from "../service/service.ts";
import type { Sessions } from "./sessions.ts";

/** What admission needs to know of the server. */
export interface AdmissionPolicy extends ProofPolicy {
  readonly services: ReadonlyMap<string, Service>;
  readonly agreements: Agreements;
  /** How it stands to its contracts at this moment. */
  readonly served: () => ReadonlyMap<string, ServedContract>;
  readonly limits: Limits;
  readonly server: Welcome["server"];
  readonly sessions: Sessions;
  readonly audience: Audience;
  readonly fleet: Fleet;
  /** Who may ask what is served. */
  readonly inspect: InspectPolicy;
  /** Around every call, outermost first. */
  readonly middleware: readonly Middleware[];
}

/** A client that is let in. */
export interface Guest {
  readonly welcome: Welcome;
  readonly peer: Peer;
  readonly proof: Proof;
  readonly agreement: Agreement;
  readonly refusal: undefined;
}

/** A client that is not. */
interface Stranger {
  readonly welcome: undefined;
  readonly refusal: Refusal;
  /** How it is counted, once it has shown who it is. */
  readonly client?: ClientLabel;
}

/** What came of a hello. */
export type Admission = Guest | Stranger;

/** What has been found out about a hello, and does not change any more. */
interface Checked {
  readonly wire: number;
  readonly encoding: Encoding;
  readonly proof: Proof;
}

/**
 * Checks the credentials of a hello. Decides when it is asked, and counts whom it refuses: whoever asks lets in at once,
 * and a floor that was moved between the two would not hold for this client. Never throws.
 */
export async function admit(
  hello: Hello,
  connection: Omit<ConnectionRequest, "credentials" | "client">,
  policy: AdmissionPolicy,
  clock: Clock,
): Promise<() => Admission> {
  const checked = await check(hello, connection, policy, clock);
  return () => {
    const admission = "refusal" in checked ? checked : judge(hello, connection, checked, policy);
    const { refusal: refused } = admission;
    if (refused !== undefined) policy.fleet.refused(refused, admission.client);
    return admission;
  };
}

async function check(
  hello: Hello,
  connection: Omit<ConnectionRequest, "credentials" | "client">,
  policy: AdmissionPolicy,
  clock: Clock,
): Promise<Checked | Stranger> {
  const wire = wireRevisions.find((revision) => hello.wire.includes(revision));
  if (wire === undefined) return { welcome: undefined, refusal: wireRefusal(hello.wire) };
  // What the client likes best: it has encoded its early calls so.
  const encoding = hello.encodings.find(isEncoding);
  if (encoding === undefined)
    return { welcome: undefined, refusal: encodingRefusal(hello.encodings) };
  const { auth: credentials, client } = hello;
  const proved = await prove({ ...connection, credentials, client }, policy, clock);
  if ("refused" in proved) return { welcome: undefined, refusal: proved.refused };
  return { wire, encoding, proof: proved.proof };
}

function judge(
  hello: Hello,
  { address }: Pick<ConnectionRequest, "address">,
  { wire, encoding, proof }: Checked,
  policy: AdmissionPolicy,
): Admission {
  const { client } = hello;
  const { fleet } = policy;
  const served = policy.served();
  const { name, version } = client;
  const peer = { name, version, address, principal: proof.principal };
  const isAsking = asksForInspection(hello);
  const inspect = isAsking ? inspectionFor(peer, policy.inspect, served, policy.log) : undefined;
  if (isAsking && inspect === undefined)
    return { welcome: undefined, refusal: inspectionRefusal(), client: fleet.labelOf(client) };
  const outcome =
    inspect === undefined
      ? negotiateAll(hello.contracts, served)
      : { contracts: [], refusal: undefined };
  if (outcome.refusal !== undefined)
    return { welcome: undefined, refusal: outcome.refusal, client: fleet.labelOf(client) };
  const welcome = welcomeOf(hello, outcome.contracts, wire, encoding, policy);
  return {
    welcome: { ...welcome, ...present({ inspect }) },
    agreement: policy.agreements.of(hello, outcome.contracts, encoding),
    peer,
    proof,
    refusal: undefined,
  };
}

function welcomeOf(
  hello: Hello,
  contracts: readonly ContractOutcome[],
  wire: number,
  encoding: Encoding,
  { limits, server, authenticate, services }: AdmissionPolicy,
): Welcome {
  const offers = new Map(hello.contracts.map((request) => [request.name, request.offers]));
  return {
    wire,
    encoding,
    contracts: contracts.map(({ name, agreed, absent }) => ({
      name,
      release: agreed?.served.release,
      fingerprint: agreed?.served.fingerprint,
      ...present({
        newest:
          absent?.closeName === "contract-retired" // nothing of it is served
            ? undefined
            : newsFor(offers.get(name) ?? [], services.get(name)),
        absent: absent?.closeName,
        notice: agreed?.served.outlook,
      }),
    })),
    early: areEarlyCallsReadable(contracts, encoding, hello) ? "accepted" : "discarded",
    server,
    capabilities: authenticate === undefined ? [] : ["renew"],
    limits: announce((name) => limits[name]),
  };
}

/** The newest release, where it is newer than all that were offered. */
function newsFor(offers: readonly Offer[], service: Service | undefined): string | undefined {
  const newest = service?.served.releases.at(-1)?.release;
  if (newest === undefined) return undefined;
  const isNews = offers.every(
    ({ release }) => release !== undefined && compareReleaseNumbers(newest, release) > 0,
  );
  return isNews ? newest : undefined;
}

/** Early calls were encoded for each contract's first offer, in the first encoding: they stand only if all of that was picked. */
function areEarlyCallsReadable(
  contracts: readonly ContractOutcome[],
  encoding: Encoding,
  hello: Hello,
): boolean {
  return hello.encodings[0] === encoding && contracts.every(({ agreed }) => agreed?.offer === 0);
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
