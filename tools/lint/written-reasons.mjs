/** Two lint rules: a file opens with what it is for, and a cast says who checked. */
/** @import { Rule } from "./rule.d.ts" */

/** @type {Rule} */
export const openingSentence = {
  create: (context) => ({
    Program(node) {
      const first = context.sourceCode.getAllComments().find(({ type }) => type !== "Shebang");
      const code = node.body[0];
      const opens = first?.type === "Block" && first.value.startsWith("*");
      if (opens && (code === undefined || first.start < code.start)) return;
      const message = "Open the file with a doc comment: one sentence on what it is for.";
      context.report({ loc: { line: 1, column: 0 }, message });
    },
  }),
};

/** @type {Rule} */
export const castReason = {
  create: (context) => ({
    TSAsExpression(node) {
      const target = context.sourceCode.getText(node.typeAnnotation);
      // Neither can be wrong: one narrows a literal to itself, the other only forgets.
      if (target === "const" || target === "unknown") return;
      const { start, end } = node.loc;
      const explained = context.sourceCode
        .getAllComments()
        .some(({ loc }) => loc.end.line >= start.line - 1 && loc.start.line <= end.line);
      if (explained) return;
      const message = `Say beside the cast to ${target} who checked that it holds.`;
      context.report({ node, message });
    },
  }),
};
