/** The texts that a JSON Schema `pattern` admits: those in which the expression is found somewhere. */
import { everything } from "./char-set.ts";
import type { Language, Languages } from "./language.ts";
import { type Piece, readExpression } from "./syntax.ts";

const anywhere: Piece = {
  piece: "repeat",
  of: { piece: "set", set: everything },
  min: 0,
  max: Infinity,
};

/** The language of a pattern, or undefined where it is not regular. */
export function languageOfPattern(pattern: string, make: Languages): Language | undefined {
  if (make.ofPattern.has(pattern)) return make.ofPattern.get(pattern);
  const language = read(pattern, make);
  make.ofPattern.set(pattern, language);
  return language;
}

function read(pattern: string, make: Languages): Language | undefined {
  const piece = readExpression(pattern);
  if (piece === undefined) return undefined;
  const budget = { left: 2_000 };
  return whole([anywhere, piece, anywhere], make, true, budget);
}

/**
 * The language of pieces that reach to the end of the text.
 *
 * `^` and `$` hold at one place only, so a sequence is read from the left: before `^` nothing may stand but
 * what can be empty, and behind `$` the same. A lookahead speaks of all that follows, which is exactly the rest.
 */
function whole(
  parts: readonly Piece[],
  make: Languages,
  atStart: boolean,
  budget: { left: number },
): Language | undefined {
  budget.left -= 1;
  if (budget.left < 0) return undefined;
  const [first, ...rest] = parts;
  if (first === undefined) return make.empty;
  const follow = (pieces: readonly Piece[], start = atStart): Language | undefined =>
    whole(pieces, make, start, budget);
  switch (first.piece) {
    case "sequence":
      return follow([...first.parts, ...rest]);
    case "choice":
      if (isPlain(first)) break;
      return joined(
        first.options.map((option) => follow([option, ...rest])),
        make,
      );
    case "start":
      return atStart ? follow(rest) : make.nothing;
    case "end": {
      const after = follow(rest);
      return after && make.and(make.empty, after);
    }
    case "ahead": {
      const ahead = follow([first.of, anywhere]);
      const after = follow(rest);
      return ahead && after && make.and(first.negative ? make.not(ahead) : ahead, after);
    }
    case "repeat":
      if (!isPlain(first)) return undefined;
      if (first.min > 0) break;
      // What can be empty may leave the next piece at the start of the text.
      if (atStart && !rest.every(isPlain)) {
        const skipped = follow(rest);
        const taken = plain({ ...first, min: 1 }, make);
        const after = follow(rest, false);
        return skipped && after && make.or(skipped, make.then(taken, after));
      }
      break;
    case "set":
      break;
  }
  // A plain piece may still be empty, as `(a|)`; then the next one would stand at the start.
  const head = plain(first, make);
  if (atStart && head.nullable && !rest.every(isPlain)) return undefined;
  const after = follow(rest, false);
  return after && make.then(head, after);
}

function joined(options: readonly (Language | undefined)[], make: Languages): Language | undefined {
  const known = options.filter((option) => option !== undefined);
  return known.length === options.length ? make.or(...known) : undefined;
}

/** Whether a piece has no anchor and no lookahead in it. */
function isPlain(piece: Piece): boolean {
  switch (piece.piece) {
    case "set":
      return true;
    case "sequence":
      return piece.parts.every(isPlain);
    case "choice":
      return piece.options.every(isPlain);
    case "repeat":
      return isPlain(piece.of);
    default:
      return false;
  }
}

function plain(piece: Piece, make: Languages): Language {
  switch (piece.piece) {
    case "set":
      return make.set(piece.set);
    case "sequence":
      return piece.parts
        .map((part) => plain(part, make))
        .reduceRight((tail, head) => make.then(head, tail), make.empty);
    case "choice":
      return make.or(...piece.options.map((option) => plain(option, make)));
    case "repeat":
      return make.repeat(plain(piece.of, make), piece.min, piece.max);
    default:
      return make.nothing;
  }
}
