/** Release documents for tests, frozen as the command would freeze them. */
import {
  type Definitions,
  type ProcedureDocument,
  type ReleaseDocument,
  releaseFormat,
} from "@concordat/core";
import { contractFingerprint, procedureFingerprint } from "@concordat/core/internal";

/** A procedure without its fingerprint; unary, with empty messages, unless said otherwise. */
export type ProcedureDraft = Partial<Omit<ProcedureDocument, "fingerprint">>;

/** What differs from `orders 1.0.0`, the first release of a contract. */
export interface ReleaseDraft {
  readonly contract?: string;
  readonly release?: string;
  readonly previous?: ReleaseDocument;
  readonly doc?: string;
  readonly definitions?: Definitions;
  readonly procedures: { readonly [name: string]: ProcedureDraft };
}

/** A release document with its fingerprints. */
export function releaseOf(draft: ReleaseDraft): ReleaseDocument {
  const { contract = "orders", release = "1.0.0", previous, doc, definitions = {} } = draft;
  const procedures: Record<string, ProcedureDocument> = {};
  for (const [name, each] of Object.entries(draft.procedures)) {
    const whole = { kind: "unary", request: true, response: true, ...each } as const;
    procedures[name] = { ...whole, fingerprint: procedureFingerprint(whole, definitions) };
  }
  return {
    concordat: releaseFormat,
    contract,
    release,
    previous: previous?.fingerprint ?? null,
    fingerprint: contractFingerprint(contract, procedures),
    ...(doc === undefined ? {} : { doc }),
    procedures,
    definitions,
  };
}
