/** What the settings file may say, and the reading of it. */
import { posix } from "node:path";

import {
  isContractName,
  isObject,
  isReleaseNumber,
  member,
  present,
} from "@concordat/core/internal";

import { shownPath } from "./shown-path.ts";
import { UnusableInput } from "./unusable-input.ts";

/** Stubs to generate. */
export interface GenerateTarget {
  readonly contract: string;
  /** The folder that they are written to, relative to the settings file. */
  readonly out: string;
  /** `ts`: sources for this repository. `package`: an npm package whose version is the release. Default `ts`. */
  readonly as: "ts" | "package";
  /** The package's name; required for `package`. */
  readonly package?: string;
  /** The release to generate for, as somebody has it who has not moved since. Default: the newest. */
  readonly release?: string;
}

/** A finding that a person has looked at. It is still printed, and still makes the next release a major one. */
export interface Allowance {
  /** The contract that it is about. Default: every contract. */
  readonly contract?: string;
  /** The procedure that it is about. Default: every procedure with a finding at this path. */
  readonly procedure?: string;
  readonly rule: string;
  /** The path as the finding prints it. */
  readonly path: string;
  readonly reason: string;
}

/** The settings file, read. */
export interface ConfigFile {
  /** The folder of the release files, relative to the settings file. Default `contracts`. */
  readonly contracts: string;
  /** By contract, the module that exports its source, relative to the settings file. */
  readonly sources: ReadonlyMap<string, string>;
  /** By contract, the module that exports its written adapters, relative to the settings file. Default: unknown. */
  readonly adapters: ReadonlyMap<string, string>;
  /** By contract, the oldest release that servers still serve. Default: the first one. */
  readonly floor: ReadonlyMap<string, string>;
  readonly generate: readonly GenerateTarget[];
  readonly allow: readonly Allowance[];
}

type Members = Readonly<Record<string, unknown>>;

/**
 * The settings in a JSON object.
 *
 * @throws UnusableInput naming the first member that is not understood: a misspelt one must not be ignored.
 */
export function configFrom(json: Members, file: string): ConfigFile {
  const reader = new Reader(file);
  reader.onlyKnows(json, "", [
    "$schema",
    "contracts",
    "sources",
    "adapters",
    "floor",
    "generate",
    "allow",
  ]);
  return {
    contracts: reader.path(reader.text(json, "contracts", "") ?? "contracts", "/contracts"),
    sources: reader.byContract(json, "sources", isPath, pathForm),
    adapters: reader.byContract(json, "adapters", isPath, pathForm),
    floor: reader.byContract(json, "floor", isReleaseNumber, "a release number such as 1.2.0"),
    generate: apart(
      reader,
      reader.each(json, "generate", (entry, path) => target(reader, entry, path)),
    ),
    allow: reader.each(json, "allow", (entry, path) => allowance(reader, entry, path)),
  };
}

/** Windows understands "/" as well, and nobody else understands its own sign: there it would be part of a name. */
export function isPath(text: string): boolean {
  return !text.includes("\\");
}

/** What such a path is, as the end of a sentence. */
export const pathForm = 'a path with "/" between its folders, which Windows understands too';

/** No two targets write to one folder: each would take the other's files for outdated ones. */
function apart(reader: Reader, targets: readonly GenerateTarget[]): readonly GenerateTarget[] {
  const folders = targets.map(({ out }) => posix.join(out, "."));
  const second = folders.findIndex((folder, index) => folders.indexOf(folder) < index);
  if (second < 0) return targets;
  const first = folders.indexOf(folders[second] ?? "");
  return reader.refuse(
    `/generate/${second}`,
    `writes to the same folder as "generate/${first}": give each an "out" of its own`,
  );
}

const forms: readonly GenerateTarget["as"][] = ["ts", "package"];

function target(reader: Reader, entry: Members, path: string): GenerateTarget {
  reader.onlyKnows(entry, path, ["contract", "out", "as", "package", "release"]);
  const as = reader.text(entry, "as", path) ?? "ts";
  const name = reader.text(entry, "package", path);
  const form = forms.find((each) => each === as);
  if (form === undefined) reader.refuse(`${path}/as`, `is none of ${forms.join(", ")}`);
  if (as === "package" && name === undefined)
    reader.refuse(path, 'has no "package": name the npm package, e.g. "@acme/orders-contract"');
  return present({
    contract: reader.demand(entry, "contract", path),
    out: reader.path(reader.demand(entry, "out", path), `${path}/out`),
    as: form,
    package: name,
    release: reader.text(entry, "release", path),
  });
}

function allowance(reader: Reader, entry: Members, path: string): Allowance {
  reader.onlyKnows(entry, path, ["contract", "procedure", "rule", "path", "reason"]);
  return present({
    contract: reader.text(entry, "contract", path),
    procedure: reader.text(entry, "procedure", path),
    rule: reader.demand(entry, "rule", path),
    path: reader.demand(entry, "path", path, "may be empty"),
    reason: reader.demand(entry, "reason", path),
  });
}

class Reader {
  readonly #file: string;

  constructor(file: string) {
    this.#file = file;
  }

  refuse(path: string, what: string): never {
    const place = path === "" ? "the file" : `"${path.slice(1)}"`;
    throw new UnusableInput(`${shownPath(this.#file)}: ${place} ${what}.`, this.#file);
  }

  onlyKnows(json: Members, path: string, names: readonly string[]): void {
    const stranger = Object.keys(json).find((name) => !names.includes(name));
    if (stranger === undefined) return;
    this.refuse(path, `has a member "${stranger}" that is none of ${names.join(", ")}`);
  }

  text(json: Members, name: string, path: string): string | undefined {
    const value = member(json, name);
    if (value === undefined || typeof value === "string") return value;
    return this.refuse(`${path}/${name}`, "is not a text");
  }

  path(text: string, at: string): string {
    return isPath(text) ? text : this.refuse(at, `is not ${pathForm}`);
  }

  demand(json: Members, name: string, path: string, empty?: "may be empty"): string {
    const value = this.text(json, name, path);
    if (value !== undefined && (value !== "" || empty !== undefined)) return value;
    return this.refuse(path, `has no "${name}"`);
  }

  byContract(
    json: Members,
    name: string,
    fits: (text: string) => boolean = () => true,
    expected = "a text",
  ): ReadonlyMap<string, string> {
    const value = member(json, name) ?? {};
    if (!isObject(value)) this.refuse(`/${name}`, "is not an object with a text for each contract");
    const entries = Object.entries(value).map(([contract, text]) => {
      if (!isContractName(contract))
        this.refuse(`/${name}/${contract}`, 'is not the name of a contract (a-z, 0-9, "-")');
      if (typeof text !== "string" || !fits(text))
        this.refuse(`/${name}/${contract}`, `is not ${expected}`);
      return [contract, text] as const;
    });
    return new Map(entries);
  }

  each<T>(json: Members, name: string, read: (entry: Members, path: string) => T): readonly T[] {
    const value = member(json, name) ?? [];
    if (!Array.isArray(value)) return this.refuse(`/${name}`, "is not a list");
    return value.map((entry: unknown, index) => {
      const path = `/${name}/${index}`;
      return isObject(entry) ? read(entry, path) : this.refuse(path, "is not an object");
    });
  }
}
