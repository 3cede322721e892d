/** Handlers as their author nests them, by the names that travel. */

/** A handler with its types forgotten: it runs on values that were checked. */
export type AnyHandler = (request: unknown, context: unknown) => unknown;

/**
 * Handlers by procedure name: groups nest, and join their names with `/`.
 *
 * Handlers keep the object that they were written in as `this`, so that a class instance works too, whatever else
 * it has. In a plain object everything is meant as a handler, so one that is no procedure's is returned as well.
 *
 * @param procedures The names of the release that is implemented.
 */
export function flattenHandlers(
  tree: object,
  procedures: readonly string[],
): Map<string, AnyHandler> {
  const handlers = new Map<string, AnyHandler>();
  for (const name of procedures) {
    const handler = handlerAt(tree, name.split("/"));
    if (handler !== undefined) handlers.set(name, handler);
  }
  for (const [name, handler] of writtenIn(tree, "")) {
    if (!handlers.has(name)) handlers.set(name, handler);
  }
  return handlers;
}

function handlerAt(tree: object, path: readonly string[]): AnyHandler | undefined {
  const [segment = "", ...rest] = path;
  const member: unknown = Reflect.get(tree, segment);
  if (rest.length === 0) return typeof member === "function" ? bound(member, tree) : undefined;
  return isObject(member) ? handlerAt(member, rest) : undefined;
}

/** @param above The objects that it stands in: one that leads back to them has no end. */
function* writtenIn(
  tree: object,
  prefix: string,
  above: readonly object[] = [],
): Generator<readonly [string, AnyHandler]> {
  if (Object.getPrototypeOf(tree) !== Object.prototype || above.includes(tree)) return;
  for (const [name, member] of Object.entries<unknown>({ ...tree })) {
    if (typeof member === "function") yield [prefix + name, bound(member, tree)];
    else if (isObject(member)) yield* writtenIn(member, `${prefix}${name}/`, [...above, tree]);
  }
}

function bound(handler: object, tree: object): AnyHandler {
  // A handler's parameters were checked by the type of `implement`.
  return (handler as AnyHandler).bind(tree);
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
