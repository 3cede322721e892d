/** Reads the regular part of ECMAScript's regular expressions (flag `u`) into a tree. */
import { type CharSet, charSet, complement, everything, union } from "./char-set.ts";
import { controlOf, escapedSet } from "./escape.ts";

/** A piece of an expression. */
export type Piece =
  | { readonly piece: "set"; readonly set: CharSet }
  | { readonly piece: "start" | "end" }
  | { readonly piece: "sequence"; readonly parts: readonly Piece[] }
  | { readonly piece: "choice"; readonly options: readonly Piece[] }
  | { readonly piece: "repeat"; readonly of: Piece; readonly min: number; readonly max: number }
  | { readonly piece: "ahead"; readonly of: Piece; readonly negative: boolean };

/** The tree of an expression, or undefined where it uses what is not regular (or not known here). */
export function readExpression(source: string): Piece | undefined {
  const reader = new Reader(Array.from(source));
  const piece = reader.choice();
  return reader.failed || !reader.atEnd() ? undefined : piece;
}

const lineEnds: CharSet = charSet([10, 10], [13, 13], [0x20_28, 0x20_29]);

class Reader {
  failed = false;
  readonly #characters: readonly string[];
  #at = 0;
  #depth = 0;
  #properties = 0;

  constructor(characters: readonly string[]) {
    this.#characters = characters;
  }

  atEnd(): boolean {
    return this.#at >= this.#characters.length;
  }

  choice(): Piece {
    const options = [this.#sequence()];
    while (this.#take("|")) options.push(this.#sequence());
    const [only] = options;
    return only !== undefined && options.length === 1 ? only : { piece: "choice", options };
  }

  #sequence(): Piece {
    const parts: Piece[] = [];
    while (!this.failed && !this.atEnd() && !this.#sees("|") && !this.#sees(")")) {
      parts.push(this.#repeated(this.#atom()));
    }
    return { piece: "sequence", parts };
  }

  #atom(): Piece {
    const character = this.#next();
    if (character === "^") return { piece: "start" };
    if (character === "$") return { piece: "end" };
    if (character === ".") return { piece: "set", set: complement(lineEnds) };
    if (character === "(") return this.#group();
    if (character === "[") return { piece: "set", set: this.#bracket() };
    if (character === "\\") return { piece: "set", set: this.#escape() };
    return { piece: "set", set: one(character) };
  }

  #group(): Piece {
    let ahead: "=" | "!" | undefined;
    if (this.#take("?")) {
      if (this.#take("=")) ahead = "=";
      else if (this.#take("!")) ahead = "!";
      else if (this.#take("<")) {
        if (this.#sees("=") || this.#sees("!")) return this.#fail();
        while (!this.atEnd() && !this.#take(">")) this.#next();
      } else if (!this.#take(":")) return this.#fail();
    }
    this.#depth += 1;
    // Deeper nesting is no pattern that a person wrote, and would only exhaust the stack.
    if (this.#depth > 100) return this.#fail();
    const inside = this.choice();
    this.#depth -= 1;
    if (!this.#take(")")) return this.#fail();
    return ahead === undefined ? inside : { piece: "ahead", of: inside, negative: ahead === "!" };
  }

  #repeated(of: Piece): Piece {
    const bounds = this.#bounds();
    if (bounds === undefined) return of;
    this.#take("?");
    if (of.piece === "ahead" || of.piece === "start" || of.piece === "end") return this.#fail();
    return { piece: "repeat", of, min: bounds[0], max: bounds[1] };
  }

  #bounds(): readonly [number, number] | undefined {
    if (this.#take("*")) return [0, Infinity];
    if (this.#take("+")) return [1, Infinity];
    if (this.#take("?")) return [0, 1];
    if (!this.#take("{")) return undefined;
    const min = this.#count();
    const open = this.#take(",");
    const max = open ? (this.#sees("}") ? Infinity : this.#count()) : min;
    if (!this.#take("}")) this.failed = true;
    return [min, max];
  }

  #count(): number {
    let digits = "";
    while (/^\d$/.test(this.#peek())) digits += this.#next();
    return Number(digits);
  }

  #bracket(): CharSet {
    const negative = this.#take("^");
    let set: CharSet = [];
    while (!this.failed && !this.#take("]")) {
      if (this.atEnd()) return this.#failSet();
      const from = this.#member();
      const isRange =
        this.#sees("-") && this.#characters[this.#at + 1] !== "]" && from.length === 2;
      if (!isRange || !this.#take("-")) set = union(set, from);
      else set = union(set, charSet([from[0] ?? 0, this.#member()[1] ?? 0]));
    }
    return negative ? complement(set) : set;
  }

  #member(): CharSet {
    const character = this.#next();
    if (character !== "\\") return one(character);
    if (this.#take("b")) return one("\b");
    if (this.#take("-")) return one("-");
    return this.#escape();
  }

  /** What an escape stands for; the backslash is taken already. */
  #escape(): CharSet {
    const letter = this.#next();
    if (letter === "p" || letter === "P") {
      this.#properties += 1;
      // Each costs a walk over all of Unicode.
      if (this.#properties > 4) return this.#failSet();
      let property = "";
      while (!this.atEnd() && !this.#take("}")) property += this.#next();
      return escapedSet(`\\${letter}${property}}`) ?? this.#failSet();
    }
    if (letter === "u") return this.#unicode();
    if (letter === "x") return this.#point(this.#next() + this.#next());
    if (letter === "c") return this.#point((this.#next().charCodeAt(0) % 32).toString(16));
    if (/^[dDwWsS]$/.test(letter)) return escapedSet(`\\${letter}`) ?? this.#failSet();
    if (/^[bBk1-9]$/.test(letter)) return this.#failSet();
    return one(controlOf(letter));
  }

  #unicode(): CharSet {
    if (this.#take("{")) {
      let digits = "";
      while (!this.atEnd() && !this.#take("}")) digits += this.#next();
      return this.#point(digits);
    }
    const high = this.#four();
    if (
      high < 0xd8_00 ||
      high > 0xdb_ff ||
      !(this.#sees("\\") && this.#characters[this.#at + 1] === "u")
    ) {
      return charSet([high, high]);
    }
    this.#at += 2;
    return one(String.fromCharCode(high, this.#four()));
  }

  #four(): number {
    return Number.parseInt(this.#next() + this.#next() + this.#next() + this.#next(), 16);
  }

  #point(digits: string): CharSet {
    const point = Number.parseInt(digits, 16);
    return charSet([point, point]);
  }

  #fail(): Piece {
    this.failed = true;
    return { piece: "set", set: everything };
  }

  #failSet(): CharSet {
    this.failed = true;
    return everything;
  }

  #peek(): string {
    return this.#characters[this.#at] ?? "";
  }

  #sees(character: string): boolean {
    return this.#peek() === character;
  }

  #take(character: string): boolean {
    if (!this.#sees(character)) return false;
    this.#at += 1;
    return true;
  }

  #next(): string {
    const character = this.#peek();
    this.#at += 1;
    return character;
  }
}

function one(character: string): CharSet {
  const point = character.codePointAt(0) ?? 0;
  return charSet([point, point]);
}
