/** A contract's source made into the document that a release freezes. */
import { isContractName, isSegment } from "../contract/name.ts";
import type { Procedure } from "../contract/procedure.ts";
import { type ProcedureKindRule, procedureKinds } from "../contract/procedure-kind.ts";
import type { ProcedureTree } from "../contract/face.ts";
import { isPropertyName } from "../schema/property-name.ts";
import type { Schema } from "../schema/schema.ts";
import { byName } from "./canonical.ts";
import { type Draft, type ProcedureDocument, releaseFormat } from "./document.ts";
import { contractFingerprint, procedureFingerprint } from "./fingerprint.ts";
import { SchemaFreezer } from "./freeze-schema.ts";
import { procedureProblems } from "./procedure-problems.ts";
import { ContractError, type Problem } from "./problem.ts";

/** The grammar of the names under `errors`. */
const errorGrammar = /^[a-z][a-z0-9_]{0,63}$/;

/**
 * The plain document of a contract: everything that counts, nothing that TypeBox hides.
 *
 * @throws ContractError that lists every place which would not survive, with what to write instead.
 */
export function freeze(name: string, tree: ProcedureTree, doc?: string): Draft {
  const freezer = new SchemaFreezer();
  const problems: Problem[] = [];
  if (!isContractName(name)) {
    problems.push({
      path: "",
      message: `the contract's name ${JSON.stringify(name)} is not lower-case letters, digits and "-"`,
    });
  }
  const bodies = new Map<string, Omit<ProcedureDocument, "fingerprint">>();
  for (const [path, procedure] of flatten(tree, "", problems)) {
    bodies.set(path, freezeProcedure(path, procedure, freezer, problems));
  }
  freezer.finish();
  problems.push(...freezer.problems);
  if (bodies.size === 0) problems.push({ path: "", message: "the contract has no procedure" });
  if (problems.length > 0)
    throw new ContractError(`The contract ${name} cannot be frozen:`, problems);

  const definitions = Object.fromEntries([...freezer.definitions].toSorted(byName));
  const procedures = Object.fromEntries(
    [...bodies]
      .toSorted(byName)
      .map(([path, body]) => [
        path,
        { ...body, fingerprint: procedureFingerprint(body, definitions) },
      ]),
  );
  return {
    concordat: releaseFormat,
    contract: name,
    fingerprint: contractFingerprint(name, procedures),
    ...(doc === undefined ? {} : { doc }),
    procedures,
    definitions,
  };
}

function* flatten(
  tree: ProcedureTree,
  prefix: string,
  problems: Problem[],
): Generator<readonly [string, Procedure]> {
  for (const [segment, member] of Object.entries(tree)) {
    const path = `${prefix}${segment}`;
    if (!isSegment(segment)) {
      problems.push({
        path,
        message: `the name ${JSON.stringify(segment)} ${whyNoSegment(segment)}; choose another one`,
      });
    } else if (typeof member !== "object" || member === null) {
      problems.push({
        path,
        message: "is neither a procedure nor a group; write one with unary(…) or its siblings",
      });
    } else if (isProcedure(member)) yield [path, member];
    else yield* flatten(member, `${path}/`, problems);
  }
}

function whyNoSegment(segment: string): string {
  if (segment === "then") return "makes a promise of every object that has it";
  return isPropertyName(segment)
    ? 'is not a letter and then at most 63 letters, digits or "_"'
    : "is one that every object has by birth";
}

/** A group whose procedures include one called `kind` has an object there, never a text. */
function isProcedure(member: Procedure | ProcedureTree): member is Procedure {
  return typeof member["kind"] === "string";
}

function freezeProcedure(
  path: string,
  procedure: Procedure,
  freezer: SchemaFreezer,
  problems: Problem[],
): Omit<ProcedureDocument, "fingerprint"> {
  problems.push(...procedureProblems(path, procedure));
  const { kind, request, response, errors, idempotent, deprecated, auth, limits, doc } = procedure;
  const frozenErrors: [string, Schema][] = [];
  for (const [name, schema] of Object.entries(errors ?? {})) {
    if (!errorGrammar.test(name)) {
      problems.push({
        path: `${path}/errors/${name}`,
        message: "the name of an error is snake_case",
      });
    }
    frozenErrors.push([name, freezer.freeze(schema, `${path}/errors/${name}`)]);
  }
  // From one side of a notification nothing comes: no value is one.
  const { oneWay }: Partial<ProcedureKindRule> = procedureKinds[kind] ?? {}; // what is of no kind is among the problems
  return {
    kind,
    request: oneWay === "server" ? false : freezer.freeze(request, `${path}/request`),
    response: oneWay === "client" ? false : freezer.freeze(response, `${path}/response`),
    ...(frozenErrors.length === 0 ? {} : { errors: Object.fromEntries(frozenErrors) }),
    ...(idempotent === true ? { idempotent } : {}),
    ...(deprecated === undefined ? {} : { deprecated }),
    ...(auth === undefined ? {} : { auth }),
    ...(limits === undefined ? {} : { limits }),
    ...(doc === undefined ? {} : { doc }),
  };
}
