/** Names for types and constants, made of names that were not meant for either. */

/** Words that cannot name a constant. */
const reserved: ReadonlySet<string> = new Set(
  `abstract any arguments as async await boolean break case catch class const constructor continue debugger
  declare default delete do else enum eval export extends false finally for from function get if implements
  import in instanceof interface let module namespace never new null number object of package private
  protected public return set static string super switch symbol this throw true try type typeof undefined
  unknown var void while with yield`.split(/\s+/),
);

/** `tools/call` becomes `ToolsCall`. All other characters than letters and digits part words. */
export function typeName(text: string): string {
  const pieces = text.split(/[^A-Za-z0-9]+/).filter((piece) => piece !== "");
  const name = pieces.map((piece) => piece.charAt(0).toUpperCase() + piece.slice(1)).join("");
  return /^[A-Za-z]/.test(name) ? name : `_${name}`;
}

/** The capitals at the beginning, without the one that begins the next word: `JSONRPC` of `JSONRPCRequest`. */
const firstWord = /^(?:[A-Z]+(?=[A-Z][a-z])|[A-Z]+(?![a-z])|[A-Z])/;

/** `tool-box` becomes `toolBox`, `delete` becomes `deleteContract` with the suffix `Contract`. */
export function constantName(text: string, suffix: string): string {
  const name = typeName(text);
  const constant = name.replace(firstWord, (word) => word.toLowerCase());
  return reserved.has(constant) ? constant + suffix : constant;
}

/** The names of one scope: each is given once. */
export class Scope {
  readonly #taken: Set<string>;

  constructor(taken: Iterable<string> = []) {
    this.#taken = new Set(taken);
  }

  has(name: string): boolean {
    return this.#taken.has(name);
  }

  /** The name that was wished for, or the same with the first number that makes it a new one. */
  claim(wish: string): string {
    let name = wish;
    for (let number = 2; this.#taken.has(name); number += 1) name = `${wish}${number}`;
    this.#taken.add(name);
    return name;
  }
}
