/** Fingerprints: SHA-256 over the canonical form of what a procedure's messages are. */
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";

import { roleOf } from "../schema/keyword.ts";
import { type Definitions, definitionPrefix } from "../schema/schema.ts";
import { byName, canonicalJson } from "./canonical.ts";
import type { Fingerprint, ProcedureDocument } from "./document.ts";

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
    errors: numbering.bareEach(errors),
  };
  return fingerprintOf({ kind, idempotent, ...messages, definitions: numbering.rest() });
}

/**
 * The fingerprint of a whole contract.
 *
 * Beside the procedures' own fingerprints it covers what they promise about access and limits, because an
 * edit of those must not go unnoticed either.
 */
export function contractFingerprint(
  contract: string,
  procedures: Readonly<Record<string, ProcedureDocument>>,
): Fingerprint {
  return fingerprintOf({
    contract,
    procedures: Object.fromEntries(
      Object.entries(procedures).map(([name, { fingerprint, auth, limits }]) => [
        name,
        { fingerprint, auth, limits },
      ]),
    ),
  });
}

/** Writes schemas without texts, and each definition as the number of its first mention. */
class Numbering {
  readonly #definitions: Definitions;
  readonly #numbers = new Map<string, number>();

  constructor(definitions: Definitions) {
    this.#definitions = definitions;
  }

  bare(schema: unknown): unknown {
    if (typeof schema !== "object" || schema === null) return schema;
    return Object.fromEntries(
      sortedEntries(schema)
        .filter(([keyword]) => roleOf(keyword) !== "text")
        .map(([keyword, value]) => [keyword, this.#keyword(keyword, value)]),
    );
  }

  bareEach(schemas: object): unknown {
    return Object.fromEntries(
      sortedEntries(schemas).map(([name, schema]) => [name, this.bare(schema)]),
    );
  }

  /** The definitions met so far, and those that they meet, in the order of their numbers. */
  rest(): unknown[] {
    const bodies: unknown[] = [];
    // The map grows while it is walked: a body may mention definitions that nobody met before.
    for (const name of this.#numbers.keys()) {
      bodies.push(
        Object.hasOwn(this.#definitions, name) ? this.bare(this.#definitions[name]) : null,
      );
    }
    return bodies;
  }

  #keyword(keyword: string, value: unknown): unknown {
    switch (roleOf(keyword)) {
      case "reference":
        return typeof value === "string" ? this.#number(value) : value;
      case "schema":
        return this.bare(value);
      case "schemas":
      case "either":
        return Array.isArray(value) ? value.map((each) => this.bare(each)) : this.bare(value);
      case "named":
        return typeof value === "object" && value !== null ? this.bareEach(value) : value;
      case "set":
        return Array.isArray(value) ? value.map(canonicalJson).toSorted() : value;
      default:
        return value;
    }
  }

  #number(reference: string): unknown {
    if (!reference.startsWith(definitionPrefix)) return reference;
    const name = reference.slice(definitionPrefix.length);
    const number = this.#numbers.get(name) ?? this.#numbers.size;
    this.#numbers.set(name, number);
    return number;
  }
}

function sortedEntries(object: object): [string, unknown][] {
  return Object.entries(object).toSorted(byName);
}
