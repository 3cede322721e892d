/** Handlers as their author nests them, by the names that travel. */

/** A handler with its types forgotten: it runs on values that were checked. */
export type AnyHandler = (request: unknown, context: unknown) => unknown;

/**
 * Handlers by procedure name: groups nest, and join their names with `/`.
 *
 * Handlers keep the object that they were written in as `this`, so that a class instance works too.
 */
export function flattenHandlers(tree: object): Map<string, AnyHandler> {
  const handlers = new Map<string, AnyHandler>();
  collect(tree, "", handlers);
  return handlers;
}

function collect(tree: object, prefix: string, handlers: Map<string, AnyHandler>): void {
  for (const [name, member] of membersOf(tree)) {
    if (typeof member === "function") {
      // A handler's parameters were checked by the type of `implement`.
      handlers.set(prefix + name, (member as AnyHandler).bind(tree));
    } else if (typeof member === "object" && member !== null) {
      collect(member, `${prefix}${name}/`, handlers);
    }
  }
}

/** Own members, and the methods of the object's class. */
function* membersOf(tree: object): Generator<readonly [string, unknown]> {
  yield* Object.entries(tree);
  const prototype: unknown = Object.getPrototypeOf(tree);
  if (typeof prototype !== "object" || prototype === null || prototype === Object.prototype) return;
  for (const [name, { value }] of Object.entries(Object.getOwnPropertyDescriptors(prototype))) {
    if (name !== "constructor" && typeof value === "function") yield [name, value];
  }
}
