/** A foreign JSON Schema rewritten into the subset that releases are made of. */
import {
  definitionPrefix,
  isObject,
  isPropertyName,
  roleOf,
  unmetDemand,
} from "@concordat/core/internal";

import { UnusableInput } from "../project/unusable-input.ts";
import { DefinitionNames } from "./definition-names.ts";
import { foreignKeywords, type Rewriting, unknownKeyword } from "./foreign-keyword.ts";
import { definitionNamed, valueAt } from "./foreign-pointer.ts";
import type { ImportNotes } from "./import-notes.ts";
import { isOldPattern, isPattern } from "./old-pattern.ts";
import { referenceTarget } from "./reference-target.ts";

type Foreign = Readonly<Record<string, unknown>>;

/** Whether sentences for people come along: another licence may hold for them than for the structure. */
export type Texts = "keep" | "drop";

/** Keywords whose only content is prose. */
const prose: ReadonlySet<string> = new Set(["title", "description", "examples", "$comment"]);

/** What a release makes of messages that a pattern was about. */
const wider = "more is accepted than before";
/** Where other names are refused, these are, too. */
const alike = "names that it matched are taken for any other names";

/** Drafts in which nothing beside a `$ref` counts. */
const soleReference = /draft-0[3-7]/;

/** Converts the schemas of one document; definitions come along when something refers to them. */
export class SchemaImporter {
  /** The definitions that were referred to so far, by their names in the release. */
  readonly definitions: Map<string, unknown> = new Map();
  readonly #document: unknown;
  readonly #texts: Texts;
  readonly #notes: ImportNotes;
  readonly #names: DefinitionNames;
  readonly #pending: (() => void)[] = [];

  constructor(document: unknown, texts: Texts, notes: ImportNotes) {
    this.#document = document;
    this.#texts = texts;
    this.#notes = notes;
    this.#names = new DefinitionNames(notes);
  }

  /**
   * The schema that a mapping names: a pointer into the document, or a schema that stands there itself.
   *
   * @throws UnusableInput when the pointer leads nowhere, or to something that cannot be a schema.
   */
  take(source: unknown, place: string): unknown {
    if (typeof source !== "string") return this.#finished(this.#convert(source, place));
    const pointer = referenceTarget(this.#document, source, place);
    if (definitionNamed(pointer) !== undefined) return this.#finished(this.#reference(pointer));
    return this.#finished(this.#convert(valueAt(this.#document, pointer), pointer));
  }

  /** Definitions are converted one after the other, not inside each other: a chain may be long. */
  #finished(schema: unknown): unknown {
    for (let next = this.#pending.pop(); next !== undefined; next = this.#pending.pop()) next();
    return schema;
  }

  #reference(pointer: string): Foreign {
    const name = this.#names.of(pointer);
    if (!this.definitions.has(name)) {
      this.definitions.set(name, true);
      const convert = () => this.#convert(valueAt(this.#document, pointer), pointer);
      this.#pending.push(() => this.definitions.set(name, convert()));
    }
    return { $ref: definitionPrefix + name };
  }

  #convert(schema: unknown, place: string): unknown {
    if (typeof schema === "boolean") return schema;
    if (!isObject(schema))
      return refuse(place, "is not a schema: neither an object nor true nor false");
    const { members, also, orNull } = this.#rewritten(this.#heard(schema, place), place);
    const plain: Record<string, unknown> = {};
    for (const [keyword, value] of Object.entries(members)) {
      const kept = value === undefined ? undefined : this.#kept(keyword, value, place);
      if (kept !== undefined) plain[keyword] = kept;
    }
    if (also.length > 0) {
      const conditions = also.map((each, index) => this.#convert(each, `${place}/allOf/${index}`));
      const present = plain["allOf"];
      plain["allOf"] = [...(Array.isArray(present) ? (present as unknown[]) : []), ...conditions]; // JSON
    }
    return orNull ? { anyOf: [plain, { type: "null" }] } : plain;
  }

  /** The schema without what its draft does not listen to. */
  #heard(schema: Foreign, place: string): Foreign {
    const draft = isObject(this.#document) ? this.#document["$schema"] : undefined;
    if (schema["$ref"] === undefined || !soleReference.test(String(draft))) return schema;
    const silent = Object.keys(schema).filter(
      (keyword) => keyword !== "$ref" && !prose.has(keyword),
    );
    const structural = silent.filter(
      (keyword) => roleOf(keyword) !== "text" && roleOf(keyword) !== undefined,
    );
    if (structural.length > 0) {
      const text = `left out ${structural.join(", ")} beside $ref, where the document's draft ignores it`;
      this.#notes.add("note", text, place);
    }
    return Object.fromEntries(
      Object.entries(schema).filter(([keyword]) => !silent.includes(keyword)),
    );
  }

  #rewritten(
    schema: Foreign,
    place: string,
  ): { members: Foreign; also: readonly unknown[]; orNull: boolean } {
    let members: Foreign = schema;
    const also: unknown[] = [];
    let orNull = false;
    for (const [keyword, value] of Object.entries(schema)) {
      const rewriting = foreignKeywords.get(keyword)?.(value, schema) ?? unknownIn(keyword);
      if (rewriting === undefined) continue;
      const { [keyword]: _gone, ...rest } = members;
      members = { ...rest, ...rewriting.members };
      also.push(...(rewriting.also ?? []));
      orNull ||= rewriting.orNull ?? false;
      const { note, weight = "note" } = rewriting;
      if (note !== undefined) this.#notes.add(weight, note, place);
    }
    return { members, also, orNull };
  }

  /** What becomes of a keyword's value; undefined for one that is left out. */
  #kept(keyword: string, value: unknown, place: string): unknown {
    const path = `${place}/${keyword}`;
    const demand = unmetDemand(keyword, value);
    if (demand !== undefined) return refuse(path, `is not ${demand}`);
    switch (roleOf(keyword)) {
      case "schema":
        return this.#convert(value, path);
      case "schemas":
      case "either":
        if (!Array.isArray(value)) return this.#convert(value, path);
        return value.map((each, index) => this.#convert(each, `${path}/${index}`));
      case "named":
        return this.#named(keyword, value, path);
      case "reference":
        return this.#reference(referenceTarget(this.#document, value, place))["$ref"];
      case "text":
        return this.#text(keyword, value, path);
      default:
        return keyword === "pattern" ? this.#pattern(String(value), path) : value;
    }
  }

  #named(keyword: string, value: unknown, path: string): unknown {
    if (!isObject(value)) return refuse(path, "is not an object with a schema for each name");
    const entries = Object.entries(value).flatMap(([name, schema]) => {
      const at = `${path}/${name}`;
      if (keyword === "properties" && !isPropertyName(name)) {
        return refuse(at, "has a name that every object has by birth, which no message may have");
      }
      if (keyword === "patternProperties" && this.#pattern(name, at, alike) === undefined)
        return [];
      return [[name, this.#convert(schema, at)] as const];
    });
    return Object.fromEntries(entries);
  }

  #text(keyword: string, value: unknown, path: string): unknown {
    if (!prose.has(keyword)) return value;
    if (this.#texts === "drop") {
      this.#notes.add("note", "left out texts, as asked", path);
      return undefined;
    }
    if (keyword === "examples" ? Array.isArray(value) : typeof value === "string") return value;
    this.#notes.add("note", `left out ${keyword} of an unknown form`, path);
    return undefined;
  }

  #pattern(text: string, path: string, meaning = wider): string | undefined {
    if (isPattern(text)) return text;
    if (!isOldPattern(text))
      return refuse(path, `is no regular expression: ${JSON.stringify(text)}`);
    const note = `left out a pattern that is no Unicode regular expression: ${meaning}`;
    this.#notes.add("warning", note, path);
    return undefined;
  }
}

function unknownIn(keyword: string): Rewriting | undefined {
  return roleOf(keyword) === undefined ? unknownKeyword(keyword) : undefined;
}

function refuse(place: string, what: string): never {
  throw new UnusableInput(`${place} ${what}.`);
}
