/** Pieces of code as a tree: what is said, without where its lines break. `print.ts` decides that. */

/** Any piece of code. A text is printed as it is. */
export type Code = string | Import | Sequence | Block | Choice | Assignment;

/** A name that another module exports. Whoever prints it adds the import. */
export interface Import {
  readonly import: string;
  readonly from: string;
  readonly use: "type" | "value";
  /** What it is called here. Default: the same. */
  readonly as?: string;
}

/** Pieces one behind the other. */
export interface Sequence {
  readonly sequence: readonly Code[];
}

/** Pieces between brackets: all on one line, or each on its own. */
export interface Block {
  readonly open: string;
  readonly items: readonly Item[];
  readonly close: string;
  readonly separator: "," | ";";
  /** `broken`: each piece stands on its own line even where all would fit on one. Default `fitting`. */
  readonly layout?: "fitting" | "broken";
}

/** One piece in a block, with what is said about it. */
export interface Item {
  readonly code: Code;
  /** Lines of a comment before it. Default: none. */
  readonly doc?: readonly string[];
}

/** Alternatives of a type. */
export interface Choice {
  readonly choice: readonly Code[];
}

/** Something on the left that is, or is of the type, of something on the right. */
export interface Assignment {
  readonly left: Code;
  readonly operator: ":" | " =";
  readonly right: Code;
}

/** Pieces one behind the other. */
export function sequence(...pieces: readonly Code[]): Sequence {
  return { sequence: pieces };
}

/** `left: right`. */
export function member(left: Code, right: Code): Assignment {
  return { left, operator: ":", right };
}

/** `{ a, b }` as a value. */
export function objectLiteral(members: readonly Code[]): Block {
  return { open: "{", items: members.map((code) => ({ code })), close: "}", separator: "," };
}

/** `[a, b]` as a value or a type. */
export function list(elements: readonly Code[]): Block {
  return { open: "[", items: elements.map((code) => ({ code })), close: "]", separator: "," };
}

/** `{ a; b }` as a type. */
export function objectType(members: readonly Item[]): Block {
  return { open: "{", items: members, close: "}", separator: ";" };
}

/** `callee(a, b)`, or the head of a function with its parameters. */
export function call(callee: Code, given: readonly Code[]): Sequence {
  const items = given.map((code) => ({ code }));
  return sequence(callee, { open: "(", items, close: ")", separator: "," });
}

/** `a | b`, or what is left when there are fewer than two. Equal texts stand once. */
export function choice(alternatives: readonly Code[]): Code {
  const texts = new Set<string>();
  const flat = alternatives.flatMap((code) =>
    typeof code === "object" && "choice" in code ? code.choice : [code],
  );
  const distinct = flat.filter((code) => typeof code !== "string" || isNew(texts, code));
  const [first, second] = distinct;
  if (first === undefined) return "never";
  return second === undefined ? first : { choice: distinct };
}

function isNew(texts: Set<string>, text: string): boolean {
  return !texts.has(text) && texts.add(text).has(text);
}

/** All names of other modules in a piece of code. */
export function importsIn(code: Code): readonly Import[] {
  if (typeof code === "string") return [];
  if ("import" in code) return [code];
  if ("sequence" in code) return code.sequence.flatMap(importsIn);
  if ("items" in code) return code.items.flatMap((item) => importsIn(item.code));
  if ("choice" in code) return code.choice.flatMap(importsIn);
  return [...importsIn(code.left), ...importsIn(code.right)];
}
