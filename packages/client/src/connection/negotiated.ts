/** Which offer of each contract a connection speaks. */
import { ConcordatError } from "@concordat/core";
import {
  type ClientContract,
  type ClientOffer,
  HandshakeFault,
  offeredEncodings,
  type ProcedureForm,
  type Welcome,
  wireRevisions,
} from "@concordat/core/internal";

/** A contract as this client offers it. */
export interface OwnContract extends ClientContract<unknown> {
  /** Whether the client goes on without it. */
  readonly optional?: boolean;
  /** The only procedures that are called, where the client says so. */
  readonly uses?: readonly string[];
}

/** The offers that are spoken. */
export class Negotiated {
  readonly #offers: ReadonlyMap<string, ClientOffer | undefined>;
  #releases: ReadonlyMap<string, string> | undefined;

  private constructor(offers: ReadonlyMap<string, ClientOffer | undefined>) {
    this.#offers = offers;
  }

  /** Before the welcome: the server will pick what this client likes best, or drop what was sent early. */
  static presumed(contracts: readonly OwnContract[]): Negotiated {
    return new Negotiated(new Map(contracts.map(({ name, offers }) => [name, offers[0]])));
  }

  /**
   * What a welcome says.
   *
   * @throws HandshakeFault where it names what was never offered, or leaves out what this client cannot do without.
   */
  static from(welcome: Welcome, contracts: readonly OwnContract[]): Negotiated {
    if (!wireRevisions.includes(welcome.wire)) {
      throw neverOffered(`a wire revision, ${welcome.wire},`);
    }
    const encodings: readonly string[] = offeredEncodings;
    if (!encodings.includes(welcome.encoding)) {
      throw neverOffered("an encoding");
    }
    return new Negotiated(new Map(contracts.map((own) => [own.name, pickedOffer(welcome, own)])));
  }

  /** The negotiated release of each contract that the server serves. */
  get releases(): ReadonlyMap<string, string> {
    this.#releases ??= releasesIn(this.#offers);
    return this.#releases;
  }

  /** What a procedure is on this connection, where that is not what the newest release says. */
  form(contract: string, procedure: string): ProcedureForm | undefined {
    return formIn(this.#offers.get(contract), procedure);
  }

  /** Why a procedure cannot be called on this connection, or `undefined` where it can. */
  objection(contract: string, procedure: string): ConcordatError | undefined {
    const offer = this.#offers.get(contract);
    if (offer === undefined) {
      const message = `${contract}/${procedure} cannot be called: the server does not serve ${contract}, which is optional here.`;
      return new ConcordatError("unimplemented", message);
    }
    const { lacks } = offer;
    if (lacks === undefined || !Object.hasOwn(lacks, procedure)) return undefined;
    const message =
      `${contract}/${procedure} needs a server with ${contract} ${lacks[procedure]}; ` +
      `this connection speaks ${offer.release ?? "an unreleased working tree"}.`;
    return new ConcordatError("unimplemented", message);
  }
}

/** What a procedure is in an offer, where that is not what the newest release says. */
export function formIn(
  offer: ClientOffer | undefined,
  procedure: string,
): ProcedureForm | undefined {
  const forms = offer?.forms;
  return forms !== undefined && Object.hasOwn(forms, procedure) ? forms[procedure] : undefined;
}

function releasesIn(
  offers: ReadonlyMap<string, ClientOffer | undefined>,
): ReadonlyMap<string, string> {
  const present = [...offers].filter(([, offer]) => offer !== undefined);
  return new Map(present.map(([name, offer]) => [name, offer?.release ?? "unreleased"]));
}

function neverOffered(named: string): HandshakeFault {
  return new HandshakeFault(`the welcome names ${named} that was never offered`);
}

function pickedOffer(welcome: Welcome, own: OwnContract): ClientOffer | undefined {
  const said = welcome.contracts.find(({ name }) => name === own.name);
  if (said?.fingerprint === undefined) {
    if (own.optional === true) return undefined;
    throw new HandshakeFault(`the welcome says nothing about ${own.name}`);
  }
  const picked = own.offers.find(({ fingerprint }) => fingerprint === said.fingerprint);
  if (picked === undefined) {
    throw neverOffered(`a release of ${own.name}`);
  }
  return picked;
}
