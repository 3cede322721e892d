/** Arithmetic from text to number: a grammar with one function for each level of precedence. */
import { NoAnswer } from "./tool.ts";

const constants: ReadonlyMap<string, number> = new Map([
  ["pi", Math.PI],
  ["e", Math.E],
]);

const functions: ReadonlyMap<string, (value: number) => number> = new Map([
  ["abs", Math.abs],
  ["ceil", Math.ceil],
  ["floor", Math.floor],
  ["ln", Math.log],
  ["round", Math.round],
  ["sqrt", Math.sqrt],
]);

/**
 * The value of an expression such as `2 * (3 + sqrt(16))`.
 *
 * @throws NoAnswer when it is no expression, or its value is no finite number.
 */
export function valueOfExpression(text: string): number {
  const parser = new Parser(tokensOf(text));
  const value = parser.whole();
  if (Number.isFinite(value)) return value;
  throw new NoAnswer(`${text} has no finite value.`);
}

function tokensOf(text: string): readonly string[] {
  const token = /\s*(\d+(?:\.\d+)?|[a-z]+|[-+*/%^()])/y;
  const tokens: string[] = [];
  for (let end = 0; end < text.trimEnd().length; end = token.lastIndex) {
    const [, found] = token.exec(text) ?? [];
    if (found === undefined) throw new NoAnswer(`There is no arithmetic in ${text.slice(end)}`);
    tokens.push(found);
  }
  return tokens;
}

class Parser {
  readonly #tokens: readonly string[];
  #next = 0;

  constructor(tokens: readonly string[]) {
    this.#tokens = tokens;
  }

  whole(): number {
    const value = this.#sum();
    if (this.#next === this.#tokens.length) return value;
    throw new NoAnswer(`The expression should end before ${this.#tokens[this.#next] ?? ""}.`);
  }

  #sum(): number {
    let value = this.#product();
    for (;;) {
      if (this.#took("+")) value += this.#product();
      else if (this.#took("-")) value -= this.#product();
      else return value;
    }
  }

  #product(): number {
    let value = this.#signed();
    for (;;) {
      if (this.#took("*")) value *= this.#signed();
      else if (this.#took("/")) value /= this.#signed();
      else if (this.#took("%")) value %= this.#signed();
      else return value;
    }
  }

  #signed(): number {
    return this.#took("-") ? -this.#signed() : this.#power();
  }

  #power(): number {
    const base = this.#operand();
    return this.#took("^") ? base ** this.#signed() : base;
  }

  #operand(): number {
    const name = this.#tokens[this.#next] ?? "the end";
    this.#next += 1;
    const apply = functions.get(name);
    if (apply !== undefined || name === "(") {
      if (apply !== undefined) this.#demand("(");
      const value = this.#sum();
      this.#demand(")");
      return apply === undefined ? value : apply(value);
    }
    const value = constants.get(name) ?? Number(name);
    if (Number.isNaN(value)) throw new NoAnswer(`There should be a number instead of ${name}.`);
    return value;
  }

  #took(symbol: string): boolean {
    if (this.#tokens[this.#next] !== symbol) return false;
    this.#next += 1;
    return true;
  }

  #demand(symbol: string): void {
    if (!this.#took(symbol))
      throw new NoAnswer(
        `There should be ${symbol} instead of ${this.#tokens[this.#next] ?? "the end"}.`,
      );
  }
}
