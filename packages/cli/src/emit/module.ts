/** One generated module as a list of statements, from which both faces are made: TypeScript, or JavaScript and types. */
import { type Assignment, type Block, type Code, type Import, importsIn } from "./code.ts";

/** An exported interface. */
export interface InterfaceStatement {
  readonly interface: string;
  readonly doc: readonly string[] | undefined;
  readonly body: Block;
}

/** An exported type that is no interface. */
export interface TypeStatement {
  readonly type: string;
  readonly doc: readonly string[] | undefined;
  readonly is: Code;
}

/** A constant. One that is not exported has no place in a declaration file. */
export interface ConstantStatement {
  readonly constant: string;
  readonly doc: readonly string[] | undefined;
  /** Its type; undefined where its value says enough. */
  readonly is: Code | undefined;
  readonly value: Code;
  readonly visibility: "exported" | "internal";
}

/** A function of the module's own. It has no place in a declaration file. */
export interface FunctionStatement {
  readonly function: string;
  /** What is given to it, with the types. */
  readonly given: readonly Assignment[];
  readonly returns: Code;
  /** The names of other modules that its body needs. */
  readonly imports: readonly Import[];
  /** The lines of its body, with types beside names or without. */
  readonly lines: (isTyped: boolean) => readonly string[];
}

/** One statement of a module. */
export type Statement = InterfaceStatement | TypeStatement | ConstantStatement | FunctionStatement;

/** One module. */
export interface Module {
  /** Where it lies, without the extension: `client`, `releases/1.0.0/types`. */
  readonly path: string;
  /** What its first comment says. */
  readonly doc: readonly string[];
  readonly statements: readonly Statement[];
}

/** What a face shows of a module: both, values only (`.js`), or types only (`.d.ts`). */
export type Side = "both" | "values" | "types";

/** The names of other modules that a statement needs on one side. */
export function importsOf(statement: Statement, side: Side): readonly Import[] {
  if ("interface" in statement) return side === "values" ? [] : importsIn(statement.body);
  if ("type" in statement) return side === "values" ? [] : importsIn(statement.is);
  if ("function" in statement) {
    if (side === "types") return [];
    const types = side === "both" ? statement.given.flatMap(({ right }) => importsIn(right)) : [];
    return [...types, ...statement.imports];
  }
  const isDeclared = side !== "values" && (side === "both" || statement.visibility === "exported");
  return [
    ...(isDeclared && statement.is !== undefined ? importsIn(statement.is) : []),
    ...(side === "types" ? [] : importsIn(statement.value)),
  ];
}
