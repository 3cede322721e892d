/** `@concordat/core/internal`: names for Concordat's own packages. Outside semantic versioning. */

export type { ClientContract, ClientOffer, ClientProcedure, Offer } from "./contract/client-contract.ts";
export { isContractName, isProcedureName, isSegment } from "./contract/name.ts";
export { canonicalJson, readableJson } from "./release/canonical.ts";
export { contractFingerprint, fingerprintOf, procedureFingerprint } from "./release/fingerprint.ts";
export {
  compareReleaseNumbers,
  isReleaseNumber,
  isSameLine,
  majorOf,
  nextReleaseNumber,
  type Step,
} from "./release/number.ts";
export { type ServerContract, workingTree } from "./release/server-contract.ts";
export { isPropertyName } from "./schema/property-name.ts";
export { definitionPrefix } from "./schema/schema.ts";
export { Mismatch, type Shape } from "./schema/shape.ts";
