/** Handlers by the names of their procedures, nested as `implement` wants them. */

type Handler = (...args: never[]) => unknown;

interface Tree {
  [name: string]: Handler | Tree;
}

/** `orders/place` stands in the group `orders`. */
export function nested(handlers: Iterable<readonly [procedure: string, handler: Handler]>): object {
  const root: Tree = {};
  for (const [name, handler] of handlers) {
    const segments = name.split("/");
    const last = segments.pop() ?? "";
    let group = root;
    for (const segment of segments) group = groupIn(group, segment);
    group[last] = handler;
  }
  return root;
}

function groupIn(group: Tree, name: string): Tree {
  const found = group[name];
  if (typeof found === "object") return found;
  const made: Tree = {};
  group[name] = made;
  return made;
}
