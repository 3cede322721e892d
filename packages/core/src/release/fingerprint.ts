/** Fingerprints: SHA-256 over the canonical form of what a procedure's messages are. */
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";

import { type Definitions, definitionPrefix } from "../schema/schema.ts";
import { canonicalJson } from "./canonical.ts";
import type { Fingerprint, ProcedureDocument } from "./document.ts";

/** Keywords that are texts for people: a change to them changes no message. `default` is not among them. */
const annotations: ReadonlySet<string> = new Set([
  "$comment",
  "$id",
  "$schema",
  "contentEncoding",
  "contentMediaType",
  "deprecated",
  "description",
  "examples",
  "readOnly",
  "title",
  "writeOnly",
]);

/** Keywords whose members are named by the author, so that a property called `title` is no annotation. */
const named: ReadonlySet<string> = new Set([
  "properties",
  "patternProperties",
  "dependentRequired",
  "definitions",
  "$defs",
]);

/** Keywords that hold values, not schemas: a `const` may well be an object with a member called `title`. */
const verbatim: ReadonlySet<string> = new Set(["const", "enum", "default", "required"]);

/** The fingerprint of any JSON document. */
export function fingerprintOf(document: unknown): Fingerprint {
  return `sha256:${bytesToHex(sha256(utf8ToBytes(canonicalJson(document))))}`;
}

/**
 * The fingerprint of one procedure.
 *
 * Kind, messages, errors and idempotency count; texts, deprecation, and the names of definitions do not.
 * Definitions are numbered in the order in which a walk in canonical key order meets them, so a renamed or
 * moved definition leaves the fingerprint as it was, and recursion costs nothing.
 */
export function procedureFingerprint(
  procedure: Omit<ProcedureDocument, "fingerprint">,
  definitions: Definitions,
): Fingerprint {
  const { kind, request, response, errors = {}, idempotent = false } = procedure;
  const numbering = new Numbering(definitions);
  const messages = {
    request: numbering.bare(request),
    response: numbering.bare(response),
    errors: Object.fromEntries(
      sortedEntries(errors).map(([name, schema]) => [name, numbering.bare(schema)]),
    ),
  };
  return fingerprintOf({ kind, idempotent, ...messages, definitions: numbering.rest() });
}

/** The fingerprint of a whole contract, from those of its procedures. */
export function contractFingerprint(
  contract: string,
  procedures: Readonly<Record<string, Pick<ProcedureDocument, "fingerprint">>>,
): Fingerprint {
  return fingerprintOf({
    contract,
    procedures: Object.fromEntries(
      Object.entries(procedures).map(([name, { fingerprint }]) => [name, fingerprint]),
    ),
  });
}

class Numbering {
  readonly #definitions: Definitions;
  readonly #numbers = new Map<string, number>();

  constructor(definitions: Definitions) {
    this.#definitions = definitions;
  }

  /** A schema without annotations, its references numbered. */
  bare(schema: unknown): unknown {
    if (Array.isArray(schema)) return schema.map((element) => this.bare(element));
    if (typeof schema !== "object" || schema === null) return schema;
    return Object.fromEntries(
      sortedEntries(schema)
        .filter(([keyword]) => !annotations.has(keyword))
        .map(([keyword, value]) => [keyword, this.#keyword(keyword, value)]),
    );
  }

  /** The definitions met so far, and those that they meet, in the order of their numbers. */
  rest(): unknown[] {
    const bodies: unknown[] = [];
    for (const name of this.#numbers.keys()) {
      // The map grows while it is walked: a body may refer to definitions that nobody met before.
      bodies.push(this.bare(Object.hasOwn(this.#definitions, name) ? this.#definitions[name] : null));
    }
    return bodies;
  }

  #keyword(keyword: string, value: unknown): unknown {
    if (keyword === "$ref" && typeof value === "string") return this.#number(value);
    if (verbatim.has(keyword)) return keyword === "default" || keyword === "const" ? value : unordered(value);
    if (named.has(keyword) && typeof value === "object" && value !== null) {
      return Object.fromEntries(sortedEntries(value).map(([name, member]) => [name, this.bare(member)]));
    }
    return this.bare(value);
  }

  #number(reference: string): unknown {
    if (!reference.startsWith(definitionPrefix)) return reference;
    const name = reference.slice(definitionPrefix.length);
    const number = this.#numbers.get(name) ?? this.#numbers.size;
    this.#numbers.set(name, number);
    return number;
  }
}

/** `required` and `enum` are sets: their order says nothing. */
function unordered(value: unknown): unknown {
  return Array.isArray(value) ? value.map(canonicalJson).toSorted() : value;
}

function sortedEntries(object: object): [string, unknown][] {
  return Object.entries(object).toSorted(([left], [right]) => (left < right ? -1 : 1));
}
