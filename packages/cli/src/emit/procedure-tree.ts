/** Procedures as callers and implementers see them: nested along the `/` in their names. */
import type { ProcedureDocument, ReleaseDocument } from "@concordat/core";

import { type Block, type Item, member, objectType } from "./code.ts";

/** One procedure with its name. */
export interface NamedProcedure {
  /** The whole name: `tools/list`. */
  readonly name: string;
  /** The last part of it: `list`. */
  readonly segment: string;
  readonly procedure: ProcedureDocument;
}

interface Group {
  readonly members: Map<string, Group | NamedProcedure>;
}

/**
 * An interface's body with a member for each procedure.
 *
 * @throws TypeError when a name is both a procedure and a group: nothing could be called by it.
 */
export function procedureTree(
  { procedures, contract }: Pick<ReleaseDocument, "procedures" | "contract">,
  memberOf: (procedure: NamedProcedure) => Item,
): Block {
  const root: Group = { members: new Map() };
  for (const [name, procedure] of Object.entries(procedures)) {
    const segments = name.split("/");
    const segment = segments.pop() ?? name;
    let group = root;
    for (const each of segments) group = groupIn(group, each, contract, name);
    if (group.members.has(segment)) throw clash(contract, name);
    group.members.set(segment, { name, segment, procedure });
  }
  return bodyOf(root, memberOf);
}

function groupIn(group: Group, segment: string, contract: string, name: string): Group {
  const found = group.members.get(segment) ?? { members: new Map() };
  if (!("members" in found)) throw clash(contract, name);
  group.members.set(segment, found);
  return found;
}

function clash(contract: string, name: string): TypeError {
  return new TypeError(
    `In ${contract}, ${JSON.stringify(name)} is a procedure within a procedure, or a procedure that is also a group. Rename one of them.`,
  );
}

function bodyOf(group: Group, memberOf: (procedure: NamedProcedure) => Item): Block {
  const items = [...group.members].map(([segment, each]) =>
    "members" in each ? { code: member(segment, bodyOf(each, memberOf)) } : memberOf(each),
  );
  return { ...objectType(items), layout: "broken" };
}
