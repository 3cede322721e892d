/** oxlint's types for a rule, under names: the package exports them only through its test runner. */
import type { RuleTester } from "oxlint/plugins-dev";

/** A lint rule. */
export type Rule = Parameters<RuleTester["run"]>[1];
/** What a rule is given for one file. */
type Context = Parameters<NonNullable<Rule["create"]>>[0];
type Scope = ReturnType<Context["sourceCode"]["getScope"]>;
/** A use of a name. */
export type Identifier = Scope["references"][number]["identifier"];
/** Any node of the syntax tree. */
export type Node = Identifier["parent"];
