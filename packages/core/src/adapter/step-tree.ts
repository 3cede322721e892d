/**
 * Steps as a tree over the parts of a message, so that any number of them walks it once.
 *
 * Steps that stand at the same object share one table; a step further inside waits in a branch. Where the order of
 * two steps tells, the later one begins a new phase.
 */
import { isPlainObject } from "../schema/kind.ts";
import type { DeclaredPlace } from "./declared-place.ts";
import { firstOf, type Members, MemberTable, put, type Source } from "./member-table.ts";
import { runAt, type StepRun } from "./run-at.ts";
import { type AdapterStep, namesIn } from "./step.ts";

/** One walk over the members of a part. */
interface Walk {
  readonly table: MemberTable;
  /** What is done with members of the result, by name and in order; `*` is every one. */
  readonly branches: Map<string, readonly Branch[]>;
}

/** What is done with one member. */
interface Branch {
  readonly tree: StepTree;
  /** Only where it came from one of these: it was renamed, and another may have had its name. Default: always. */
  readonly origins?: readonly Source[];
}

const isPlace = /^\d+$/;

type Phase = Walk | { readonly run: StepRun };

/**
 * One function for all steps, in their order: however many there are, they walk a value once where they can.
 *
 * Values come from a peer: names are only ever looked up as own properties, and nothing that does not fit a step makes
 * it fail.
 *
 * @param place What the values can hold, where they have been projected to what a schema declares. Default: anything.
 */
export function compileSteps(steps: readonly AdapterStep[], place?: DeclaredPlace): StepRun {
  const tree = new StepTree(place);
  for (const step of steps) tree.add(step, namesIn(step.at));
  return (value) => tree.run(value);
}

/** What is done with one part of a message. */
class StepTree {
  readonly #phases: Phase[] = [];
  readonly #place: DeclaredPlace | undefined;

  constructor(place: DeclaredPlace | undefined) {
    this.#place = place;
  }

  /** Adds a step at the part to which `names` leads from here. It is done after all that were added before. */
  add(step: AdapterStep, names: readonly string[]): void {
    const [name, ...rest] = names;
    if (name === undefined) this.#addHere(step);
    else this.#branch(name).add(step, rest);
  }

  /** The part after all steps. The given one is never changed. */
  run(part: unknown): unknown {
    let result = part;
    for (const phase of this.#phases) {
      result = "run" in phase ? phase.run(result) : walked(result, phase);
    }
    return result;
  }

  #addHere(step: AdapterStep): void {
    switch (step.step) {
      case "rename":
        if (this.#moveBranch(step.from, step.to)) return;
        this.#change([step.from, step.to], (table) => table.rename(step.from, step.to));
        return;
      case "default":
        this.#change([step.name], (table) => table.fill(step.name, step.value));
        return;
      case "constant":
        this.#change([step.name], (table) => {
          table.set(step.name, step.value);
          return true;
        });
        return;
      case "drop":
        this.#change(step.names, (table) => {
          for (const name of step.names) table.drop(name, step.when);
          return true;
        });
        return;
      default:
        this.#phases.push({ run: runAt(step, compileSteps) });
    }
  }

  /** Puts a change into the table of the last walk, where no branch has to be gone before; else begins a new walk. */
  #change(names: readonly string[], change: (table: MemberTable) => boolean): void {
    const last = this.#phases.at(-1);
    const isFree =
      last !== undefined &&
      !("run" in last) &&
      !last.branches.has("*") &&
      names.every((name) => !last.branches.has(name));
    if (isFree && change(last.table)) return;
    change(this.#newWalk().table);
  }

  /** A renamed member takes its branch along: the walk goes on as one. */
  #moveBranch(from: string, to: string): boolean {
    const last = this.#phases.at(-1);
    if (last === undefined || "run" in last || from === to) return false;
    const { branches, table } = last;
    const branch = branches.get(from);
    if (branch === undefined || branches.has(to) || branches.has("*")) return false;
    // It may be the place of an element, and those have no names.
    if (isPlace.test(from)) return false;
    const origins = table.sourcesOf(from);
    if (!table.rename(from, to)) return false;
    branches.delete(from);
    branches.set(
      to,
      branch.map((each) => ({ origins, ...each })),
    );
    return true;
  }

  #branch(name: string): StepTree {
    const phase = this.#phases.at(-1);
    const walk =
      phase === undefined || "run" in phase || !admits(phase, name) ? this.#newWalk() : phase;
    const before = walk.branches.get(name) ?? [];
    const last = before.at(-1);
    if (last !== undefined && last.origins === undefined) return last.tree;
    const tree = new StepTree(before.length === 0 ? this.#placeIn(walk, name) : undefined);
    walk.branches.set(name, [...before, { tree }]);
    return tree;
  }

  /** What a member of the result can hold, where it comes from one member of what is given. */
  #placeIn(walk: Walk, name: string): DeclaredPlace | undefined {
    if (walk !== this.#phases[0]) return undefined;
    const [source, ...others] = name === "*" ? [name] : walk.table.sourcesOf(name);
    return typeof source === "string" && others.length === 0 ? this.#place?.at(source) : undefined;
  }

  #newWalk(): Walk {
    // Later walks are given what earlier ones made.
    const place = this.#phases.length === 0 ? this.#place : undefined;
    const walk: Walk = { table: new MemberTable(place), branches: new Map() };
    this.#phases.push(walk);
    return walk;
  }
}

/** A star and a name may lead to the same part, so they do not stand side by side. */
function admits({ branches }: Walk, name: string): boolean {
  return branches.size === 0 || branches.has("*") === (name === "*");
}

function walked(part: unknown, { table, branches }: Walk): unknown {
  if (Array.isArray(part)) {
    if (branches.size === 0) return part;
    const all = branches.get("*");
    return part.map((element: unknown, index) =>
      grown(element, all ?? branches.get(String(index)), {}),
    );
  }
  if (!isPlainObject(part)) return part;
  const result = table.run(part);
  return branches.size === 0 ? result : branched(result, branches, part);
}

function branched(
  members: Members,
  branches: ReadonlyMap<string, readonly Branch[]>,
  given: Members,
): Members {
  const result = members === given ? copyOf(members) : members;
  const all = branches.get("*");
  for (const name of all === undefined ? branches.keys() : Object.keys(result)) {
    if (Object.hasOwn(result, name))
      put(result, name, grown(result[name], all ?? branches.get(name), given));
  }
  return result;
}

function copyOf(members: Members): Members {
  const copy: Members = {};
  for (const name of Object.keys(members)) put(copy, name, members[name]);
  return copy;
}

function grown(part: unknown, branches: readonly Branch[] | undefined, given: Members): unknown {
  if (branches === undefined) return part;
  let result = part;
  for (const { tree, origins } of branches)
    if (origins === undefined || firstOf(origins, given) !== undefined) result = tree.run(result);
  return result;
}
