/** Changes every keyword of every message a little, and looks at what that does to the fingerprint. */
import type { ProcedureDocument, ReleaseDocument } from "@concordat/core";
import {
  contractFingerprint,
  definitionPrefix,
  pointerTo,
  procedureFingerprint,
} from "@concordat/core/internal";

import type { Finding } from "./law.ts";
import { isPlainObject } from "./reading.ts";

/** Keywords that are for people. Written down here once more: what the fingerprint leaves out is what is looked at. */
const texts: ReadonlySet<string> = new Set([
  "title",
  "description",
  "examples",
  "deprecated",
  "readOnly",
  "writeOnly",
  "contentEncoding",
  "contentMediaType",
  "$comment",
]);

/** In these every key is a name that somebody chose, not a keyword. */
const named: ReadonlySet<string> = new Set(["properties", "patternProperties"]);

/** What of a keyword is data, not schemas. */
const data: ReadonlySet<string> = new Set([
  "const",
  "enum",
  "default",
  "required",
  "dependentRequired",
  "type",
]);

/** Changes of one procedure beyond this are left out, evenly. */
const mostChanges = 60;

/** What was found, and how many changes were tried. */
export interface FingerprintResult {
  readonly findings: readonly Finding[];
  readonly changes: number;
}

interface Change {
  readonly path: string;
  readonly isText: boolean;
  readonly schema: unknown;
}

/**
 * Looks at every procedure of a release.
 *
 * @param seen Fingerprints of procedures that were looked at already: equal ones say the same. New ones are added.
 */
export function tryFingerprints(release: ReleaseDocument, seen: Set<string>): FingerprintResult {
  const { contract, procedures, definitions } = release;
  const findings: Finding[] = [];
  let changes = 0;
  const report = (procedure: string | undefined, path: string, message: string): void => {
    findings.push({
      law: "fingerprint",
      contract,
      release: release.release,
      path,
      message,
      ...(procedure !== undefined && { procedure }),
    });
  };
  if (contractFingerprint(contract, procedures) !== release.fingerprint)
    report(undefined, "", "The fingerprint of the release is not that of what stands in it.");
  for (const [name, procedure] of Object.entries(procedures)) {
    if (procedureFingerprint(procedure, definitions) !== procedure.fingerprint)
      report(name, "", "The fingerprint of the procedure is not that of its messages.");
    if (seen.has(procedure.fingerprint)) continue;
    seen.add(procedure.fingerprint);
    const all = [...changesOf(release, procedure)];
    const stride = Math.max(1, Math.ceil(all.length / mostChanges));
    for (const [index, { path, isText, changed, within }] of all.entries()) {
      if (index % stride !== 0) continue;
      changes += 1;
      const found = procedureFingerprint(changed, within);
      if ((found === procedure.fingerprint) === isText) continue;
      report(
        name,
        path,
        isText
          ? `The text at ${path} counts.`
          : `Another value at ${path} leaves the fingerprint as it was.`,
      );
    }
  }
  return { findings, changes };
}

interface Changed extends Omit<Change, "schema"> {
  readonly changed: ProcedureDocument;
  readonly within: ReleaseDocument["definitions"];
}

function* changesOf(
  { definitions }: ReleaseDocument,
  procedure: ProcedureDocument,
): Generator<Changed> {
  const kind = procedure.kind === "unary" ? "serverStream" : "unary";
  yield { path: "/kind", isText: false, changed: { ...procedure, kind }, within: definitions };
  yield {
    path: "/idempotent",
    isText: false,
    changed: { ...procedure, idempotent: procedure.idempotent !== true },
    within: definitions,
  };
  yield {
    path: "/doc",
    isText: true,
    changed: { ...procedure, doc: "another text" },
    within: definitions,
  };
  for (const part of ["request", "response"] as const) {
    for (const { path, isText, schema } of schemaChanges(procedure[part], `/${part}`))
      yield { path, isText, changed: { ...procedure, [part]: schema }, within: definitions };
  }
  for (const [name, error] of Object.entries(procedure.errors ?? {})) {
    for (const { path, isText, schema } of schemaChanges(error, `/errors/${name}`))
      // What was a schema is one, with another value somewhere inside.
      yield {
        path,
        isText,
        changed: {
          ...procedure,
          errors: { ...procedure.errors, [name]: schema },
        } as ProcedureDocument, // as above
        within: definitions,
      };
  }
  for (const name of reachable(definitions, procedure)) {
    for (const { path, isText, schema } of schemaChanges(definitions[name], `/definitions/${name}`))
      yield {
        path,
        isText,
        changed: procedure,
        within: { ...definitions, [name]: schema } as typeof definitions, // a schema, with another value somewhere inside
      };
  }
}

/** The same schema, changed at one keyword after the other. */
function* schemaChanges(schema: unknown, path: string): Generator<Change> {
  if (Array.isArray(schema)) {
    const list: readonly unknown[] = schema;
    for (const [index, each] of list.entries())
      for (const change of schemaChanges(each, `${path}/${index}`))
        yield { ...change, schema: list.with(index, change.schema) };
    return;
  }
  if (typeof schema === "boolean") yield { path, isText: false, schema: !schema };
  if (!isPlainObject(schema)) return;
  yield {
    path: pointerTo(path, "title"),
    isText: true,
    schema: { ...schema, title: "another title" },
  };
  yield { path, isText: true, schema: Object.fromEntries(Object.entries(schema).toReversed()) };
  for (const [keyword, value] of Object.entries(schema)) {
    const at = pointerTo(path, keyword);
    if (keyword === "$ref" || texts.has(keyword)) continue;
    if (
      data.has(keyword) ||
      !(isPlainObject(value) || Array.isArray(value) || typeof value === "boolean")
    ) {
      yield { path: at, isText: false, schema: { ...schema, [keyword]: another(value) } };
    } else if (named.has(keyword) && isPlainObject(value)) {
      for (const [name, inner] of Object.entries(value)) {
        yield {
          path: pointerTo(at, name),
          isText: false,
          schema: { ...schema, [keyword]: renamed(value, name) },
        };
        for (const change of schemaChanges(inner, pointerTo(at, name)))
          yield {
            ...change,
            schema: { ...schema, [keyword]: { ...value, [name]: change.schema } },
          };
      }
    } else {
      for (const change of schemaChanges(value, at))
        yield { ...change, schema: { ...schema, [keyword]: change.schema } };
    }
  }
}

function renamed(members: Readonly<Record<string, unknown>>, name: string): object {
  return Object.fromEntries(
    Object.entries(members).map(([key, value]) => [key === name ? `${key}-renamed` : key, value]),
  );
}

function another(value: unknown): unknown {
  if (typeof value === "number") return value + 1;
  if (typeof value === "boolean") return !value;
  if (Array.isArray(value)) return value.concat("one-more");
  if (isPlainObject(value)) return { ...value, "one-more": ["x"] };
  return typeof value === "string" ? `${value}x` : "other";
}

/** The definitions that a procedure's messages come to, by name. */
function reachable(
  definitions: ReleaseDocument["definitions"],
  procedure: ProcedureDocument,
): ReadonlySet<string> {
  const found = new Set<string>();
  const look = (schema: unknown): void => {
    if (Array.isArray(schema)) schema.forEach(look);
    if (!isPlainObject(schema)) return;
    for (const [keyword, value] of Object.entries(schema)) {
      if (keyword === "$ref" && typeof value === "string") {
        const name = value.slice(definitionPrefix.length);
        if (found.has(name) || !Object.hasOwn(definitions, name)) continue;
        found.add(name);
        look(definitions[name]);
      } else look(value);
    }
  };
  look([procedure.request, procedure.response, Object.values(procedure.errors ?? {})]);
  return found;
}
