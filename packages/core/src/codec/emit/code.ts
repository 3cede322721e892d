/** Code of a codec as data: what is printed into a stub, and what a server makes functions of. */
import type { Expression } from "../../schema/expression/expression.ts";
import type { Json } from "../../schema/schema.ts";
import type { RuntimeName } from "./runtime.ts";

/** Something that has a value. A text is code that is the same in every printing. */
export type CodeValue =
  | string
  /** A call of a function of the runtime. */
  | { readonly call: RuntimeName; readonly given: readonly CodeValue[] }
  /** A call of a function of the same module. */
  | { readonly local: string; readonly given: readonly CodeValue[] }
  | { readonly json: Json }
  | { readonly list: readonly CodeValue[] }
  | { readonly members: readonly (readonly [name: string, value: CodeValue])[] }
  /** The shape of a value without positions. */
  | { readonly shape: Expression }
  /** A name of the runtime itself. */
  | { readonly runtime: RuntimeName };

/** One statement. */
export type CodecStatement =
  | { readonly constant: string; readonly is: CodeValue }
  | { readonly variable: string; readonly is?: CodeValue }
  | { readonly set: string; readonly to: CodeValue }
  | { readonly run: CodeValue }
  | { readonly give: CodeValue }
  | {
      readonly given: string;
      readonly body: readonly CodecStatement[];
      readonly otherwise?: readonly CodecStatement[];
    }
  /** Counts a variable up from what it is to a limit. */
  | { readonly count: string; readonly to: string; readonly body: readonly CodecStatement[] }
  | { readonly each: string; readonly of: string; readonly body: readonly CodecStatement[] }
  /** Does something with a note of where it is, for the words about what does not match. */
  | { readonly noting: readonly string[]; readonly body: readonly CodecStatement[] }
  /** One value for each index, and one for all others. */
  | {
      readonly choose: CodeValue;
      readonly among: readonly CodeValue[];
      readonly otherwise?: CodeValue;
    };

/** A function that writes or reads one kind of value. */
export interface CodecFunction {
  readonly name: string;
  readonly does: "write" | "read";
  readonly body: readonly CodecStatement[];
}

/** Something that all functions share: the constants of a choice, a regular expression. */
export interface CodecConstant {
  readonly name: string;
  readonly value: CodeValue;
}

/** A piece of a module. */
export type Piece = CodecFunction | CodecConstant;
