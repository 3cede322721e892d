/** A lint rule: sources reach only what `border-table.mjs` lets them. */
import { isBuiltin } from "node:module";
import { posix, relative, sep } from "node:path";
import { dependencyDoors, globalDoors, layerReach, packageReach } from "./border-table.mjs";

/** @import { Identifier, Node, Rule } from "./rule.d.ts" */

const table = "tools/lint/border-table.mjs";

/**
 * The package and the folder that a source file lies in.
 *
 * @param {string} path
 * @returns {{ home?: string, layer?: string }}
 */
function placeOf(path) {
  const [, home, layer] = /^packages\/([^/]+)\/src\/(?:([^/]+)\/)?/.exec(path) ?? [];
  return { ...(home && { home }), ...(layer && { layer }) };
}

/**
 * Why this import is forbidden, or nothing when it is allowed.
 *
 * @param {string} path the importing file
 * @param {string} specifier what it imports
 * @param {boolean} typesOnly whether the import vanishes when compiled
 * @returns {string | undefined}
 */
function objectionTo(path, specifier, typesOnly) {
  const { home = "", layer = "" } = placeOf(path);
  if (specifier.startsWith(".")) {
    const target = placeOf(posix.join(posix.dirname(path), specifier));
    if (target.home !== home) return "leaves the package: import by package name";
    const reach = layer === "" ? undefined : (layerReach.get(home)?.get(layer) ?? []);
    if (
      !reach ||
      target.layer === layer ||
      reach.includes(target.layer ?? posix.basename(specifier))
    )
      return undefined;
    return `goes up: ${home}/${layer} may import ${reach.join(", ") || "no other layer"}`;
  }
  const friend = /^@concordat\/([^/]+)/.exec(specifier)?.[1];
  if (friend !== undefined) {
    const reach = packageReach.get(home) ?? [];
    if (reach.includes(friend)) return undefined;
    return `goes up: ${home} may import ${reach.join(", ") || "no other package"}`;
  }
  const name = isBuiltin(specifier) ? "node:" : /^(?:@[^/]+\/)?[^/]+/.exec(specifier)?.[0];
  const door = dependencyDoors.get(name ?? "");
  if (door === undefined) return `is no dependency of the sources: see ${table}`;
  if (door.open.some((place) => place.test(path))) return undefined;
  if (!door.typesOnly?.test(path)) return `may be imported elsewhere only: see ${table}`;
  return typesOnly ? undefined : `is here for its types only: write "import type"`;
}

/**
 * The names under which a use of a global can be in the table: `Date`, `Date.now`, `new Date()`.
 *
 * @param {Identifier} identifier
 * @returns {string[]}
 */
function namesOfUse(identifier) {
  /** @type {string} */
  let name = identifier.name;
  let user = identifier.parent;
  if (name === "globalThis" && user.type === "MemberExpression" && !user.computed) {
    name = user.property.name;
    user = user.parent;
  }
  if (user.type === "MemberExpression" && !user.computed) {
    return [name, `${name}.${user.property.name}`];
  }
  const makesOneOfNothing = user.type === "NewExpression" && user.arguments.length === 0;
  return makesOneOfNothing ? [name, `new ${name}()`] : [name];
}

/** @type {Rule} */
export const borders = {
  create(context) {
    const path = relative(context.cwd, context.filename).split(sep).join("/");
    const { home, layer } = placeOf(path);
    if (home === undefined) return {};

    /** @param {Node} node @param {string | undefined} objection */
    function report(node, objection) {
      if (objection !== undefined) context.report({ node, message: `${objection}.` });
    }

    /** @param {Node} node @param {Node | null} source @param {string} [kind] */
    function checkImport(node, source, kind) {
      if (source?.type !== "Literal" || typeof source.value !== "string") return;
      const objection = objectionTo(path, source.value, kind === "type");
      report(node, objection && `"${source.value}" ${objection}`);
    }

    return {
      ImportDeclaration: (node) => checkImport(node, node.source, node.importKind),
      ExportNamedDeclaration: (node) => checkImport(node, node.source, node.exportKind),
      ExportAllDeclaration: (node) => checkImport(node, node.source, node.exportKind),
      ImportExpression: (node) => checkImport(node, node.source),
      TSImportType: (node) => checkImport(node, node.source, "type"),
      Program(node) {
        if (!packageReach.has(home)) report(node, `${table} has no package ${home}`);
        if (layer !== undefined && layerReach.get(home)?.has(layer) !== true) {
          report(node, `${table} has no layer ${home}/${layer}`);
        }
      },
      "Program:exit"(node) {
        const scope = context.sourceCode.getScope(node);
        const builtIns = scope.variables.filter((variable) => variable.defs.length === 0);
        const uses = [...scope.through, ...builtIns.flatMap((variable) => variable.references)];
        for (const { identifier } of uses) {
          // A name in a type, like `typeof setTimeout`, calls nothing.
          if (identifier.type !== "Identifier" || identifier.parent.type.startsWith("TSType"))
            continue;
          for (const name of namesOfUse(identifier)) {
            const closed = globalDoors.get(name)?.every((place) => !place.test(path));
            if (closed) report(identifier, `${name} may be used elsewhere only: see ${table}`);
          }
        }
      },
    };
  },
};
