/** What is called by the names of procedures, as objects within objects. */

/** Members by name, and groups of them. */
export interface NameTree<Member> {
  [segment: string]: Member | NameTree<Member>;
}

/**
 * Nests members as their names say: `tools/list` becomes `list` in `tools`.
 *
 * Its objects have no prototype: nothing is there that was not named. No contract has a procedure that is a group as
 * well, and none is given here.
 */
export function nameTree<Member>(
  members: Iterable<readonly [name: string, member: Member]>,
): NameTree<Member> {
  const root = newGroup<Member>();
  for (const [name, member] of members) {
    const segments = name.split("/");
    const last = segments.pop() ?? "";
    let group = root;
    for (const segment of segments) group = groupIn(group, segment);
    group[last] = member;
  }
  return root;
}

function groupIn<Member>(group: NameTree<Member>, segment: string): NameTree<Member> {
  const found = group[segment];
  // What stands where a group is asked for is one, see above.
  if (typeof found === "object") return found as NameTree<Member>;
  const made = newGroup<Member>();
  group[segment] = made;
  return made;
}

function newGroup<Member>(): NameTree<Member> {
  // Object.create gives `any`.
  return Object.create(null) as NameTree<Member>;
}
