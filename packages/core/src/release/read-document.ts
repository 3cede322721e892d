/** A release document from JSON that somebody may have edited. */
import { isContractName, isProcedureName } from "../contract/name.ts";
import { procedureKinds } from "../contract/procedure-kind.ts";
import { type ReleaseDocument, releaseFormat } from "./document.ts";
import { contractFingerprint, procedureFingerprint } from "./fingerprint.ts";
import { isReleaseNumber } from "./number.ts";
import { isJsonObject } from "./plain-json.ts";
import { ContractError, type Problem } from "./problem.ts";

/**
 * A release document, checked: its shape, and that its fingerprints are those of what it says.
 *
 * @param source Where it comes from, for the message.
 * @throws ContractError when it is no release document, or was edited after it was frozen.
 */
export function readRelease(json: unknown, source: string): ReleaseDocument {
  const problems = [...shapeProblems(json)];
  // shapeProblems has looked at every member that the fingerprints need.
  if (problems.length === 0) problems.push(...fingerprintProblems(json as ReleaseDocument));
  if (problems.length > 0)
    throw new ContractError(`${source} is not a release that can be trusted:`, problems);
  return json as ReleaseDocument; // shapeProblems found nothing
}

function* shapeProblems(json: unknown): Generator<Problem, void, undefined> {
  if (!isJsonObject(json)) return yield { path: "", message: "is not a JSON object" };
  if (json["concordat"] !== releaseFormat) {
    return yield { path: "concordat", message: `is not ${JSON.stringify(releaseFormat)}` };
  }
  const { contract, release, previous, fingerprint, procedures, definitions } = json;
  if (typeof contract !== "string" || !isContractName(contract)) {
    yield { path: "contract", message: "is not the name of a contract" };
  }
  if (typeof release !== "string" || !isReleaseNumber(release)) {
    yield { path: "release", message: 'is not "major.minor.patch"' };
  }
  if (previous !== null && typeof previous !== "string") {
    yield { path: "previous", message: "is neither null nor a fingerprint" };
  }
  if (typeof fingerprint !== "string") yield { path: "fingerprint", message: "is missing" };
  if (!isJsonObject(definitions)) yield { path: "definitions", message: "is not an object" };
  if (!isJsonObject(procedures)) return yield { path: "procedures", message: "is not an object" };
  for (const [name, procedure] of Object.entries(procedures)) {
    yield* procedureProblems(name, procedure);
  }
}

function* procedureProblems(name: string, procedure: unknown): Generator<Problem, void, undefined> {
  const path = `procedures/${name}`;
  if (!isProcedureName(name)) yield { path, message: "is not the name of a procedure" };
  if (!isJsonObject(procedure)) return yield { path, message: "is not an object" };
  const { kind, request, response, errors, fingerprint } = procedure;
  if (typeof kind !== "string" || !Object.hasOwn(procedureKinds, kind)) {
    yield { path: `${path}/kind`, message: `is none of ${Object.keys(procedureKinds).join(", ")}` };
  }
  if (!isSchema(request)) yield { path: `${path}/request`, message: "is not a schema" };
  if (!isSchema(response)) yield { path: `${path}/response`, message: "is not a schema" };
  yield* notificationProblems(path, procedure);
  if (typeof fingerprint !== "string") yield { path: `${path}/fingerprint`, message: "is missing" };
  if (errors !== undefined && !isJsonObject(errors))
    yield { path: `${path}/errors`, message: "is not an object" };
}

/** Nobody answers a notification, so its other side is the schema that nothing matches. */
function* notificationProblems(
  path: string,
  { kind, request, response }: Readonly<Record<string, unknown>>,
): Generator<Problem, void, undefined> {
  const message = "is not false, although nothing comes from that side of a notification";
  if (kind === "serverNotification" && request !== false)
    yield { path: `${path}/request`, message };
  if (kind === "clientNotification" && response !== false)
    yield { path: `${path}/response`, message };
}

function* fingerprintProblems(document: ReleaseDocument): Generator<Problem, void, undefined> {
  const { procedures, definitions } = document;
  for (const [name, procedure] of Object.entries(procedures)) {
    const actual = procedureFingerprint(procedure, definitions);
    if (actual !== procedure.fingerprint) {
      const message = `was edited after it was frozen: it says ${procedure.fingerprint} and is ${actual}; restore the file and make a new release`;
      yield { path: `procedures/${name}`, message };
    }
  }
  const whole = contractFingerprint(document.contract, procedures);
  if (whole !== document.fingerprint) {
    const message = `the contract was edited after it was frozen: it says ${document.fingerprint} and is ${whole}; restore the file and make a new release`;
    yield { path: "fingerprint", message };
  }
}

function isSchema(value: unknown): boolean {
  return typeof value === "boolean" || isJsonObject(value);
}
