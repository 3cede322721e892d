/** What has to hold before a contract is served: found when the server starts, not when a client calls. */
import { adapterProblems } from "./adapter-check.ts";
import { procedureOf } from "./fate.ts";
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

function* historyProblems({ history, floor, notices }: ServiceParts): Generator<string> {
  const numbers = history.map(({ release }) => release);
  if (numbers.length === 0) yield "its history is empty; generate the stub again";
  if (floor !== undefined && !numbers.includes(floor)) {
    yield `the floor ${floor} is none of its releases (${numbers.join(", ")})`;
  }
  for (const release of notices.keys()) {
    if (!numbers.includes(release))
      yield `a notice is for ${release}, which is none of its releases (${numbers.join(", ")})`;
  }
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
  if (missing.length > 0) yield `these procedures have no handler: ${missing.join(", ")}`;
  if (extra.length > 0)
    yield `these handlers have no procedure in ${newest.release}: ${extra.join(", ")}`;
  if (sent.length > 0)
    yield `these handlers are for notifications that the server sends itself: ${sent.join(", ")}`;
}
