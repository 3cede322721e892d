/** What has to hold before a contract is served: found when the server starts, not when a client calls. */
import { compareReleaseNumbers, isReleaseNumber, workingTree } from "@concordat/core/internal";

import { type AdapterParts, adapterProblems } from "../adapter/adapter-check.ts";
import { procedureOf } from "../adapter/fate.ts";
import { addressProblems, noticeProblems } from "./notice-problems.ts";
import type { ServiceParts } from "./service.ts";

/** @throws Error with every reason why this contract cannot be served as it is. */
export function checkService(parts: ServiceParts): void {
  const problems = [...historyProblems(parts), ...handlerProblems(parts)];
  if (problems.length === 0) problems.push(...adapterProblems(parts));
  if (problems.length > 0) {
    throw new Error(
      `${parts.contract} cannot be served:\n${problems.map((line) => `  ${line}`).join("\n")}`,
    );
  }
}

/** Why a release cannot be the floor, or `undefined` where it can. */
export function floorProblem(parts: AdapterParts, floor: string): string | undefined {
  const numbers = parts.history.map(({ release }) => release);
  const newest = numbers.at(-1) ?? workingTree;
  if (numbers.includes(floor)) return adapterProblems({ ...parts, floor })[0];
  if (newest === workingTree) return "a working tree has no releases, and so no floor";
  return isReleaseNumber(floor) && compareReleaseNumbers(floor, newest) > 0
    ? `${floor} is above ${newest}, its newest release, and would leave nothing to serve; withdraw the contract with retire() if that is meant`
    : `${JSON.stringify(floor)} is none of its releases (${numbers.join(", ")})`;
}

function* historyProblems(parts: ServiceParts): Generator<string> {
  const { history, floor, notices, retirement } = parts;
  const numbers = history.map(({ release }) => release);
  if (numbers.length === 0) yield "its history is empty; generate the stub again";
  const isUnreleased = numbers.at(-1) === workingTree;
  const known = isUnreleased ? ": a working tree has none" : ` (${numbers.join(", ")})`;
  if (floor !== undefined && !numbers.includes(floor)) {
    yield `the floor ${floor} is none of its releases${known}`;
  }
  for (const release of notices.keys()) {
    if (!numbers.includes(release))
      yield `a notice is for ${release}, which is none of its releases${known}`;
  }
  const said = [...notices, ["retirement", retirement === undefined ? {} : retirement] as const];
  for (const [whose, notice] of said) {
    yield* noticeProblems(whose, notice);
  }
  yield* addressProblems("upgradeUrl", parts.contract, parts.upgradeUrl);
}

function* handlerProblems({ history, handlers }: ServiceParts): Generator<string> {
  const newest = history.at(-1);
  if (newest === undefined) return;
  const isSent = (name: string): boolean =>
    procedureOf(newest, name)?.kind === "serverNotification";
  const names = Object.keys(newest.procedures);
  const missing = names.filter((name) => !handlers.has(name) && !isSent(name));
  const extra = [...handlers.keys()].filter((name) => !Object.hasOwn(newest.procedures, name));
  const sent = [...handlers.keys()].filter(isSent);
  const where = newest.release === workingTree ? "the working tree" : newest.release;
  if (missing.length > 0) yield `these procedures have no handler: ${missing.join(", ")}`;
  if (extra.length > 0) yield `these handlers have no procedure in ${where}: ${extra.join(", ")}`;
  if (sent.length > 0)
    yield `these handlers are for notifications that the server sends itself: ${sent.join(", ")}`;
}
