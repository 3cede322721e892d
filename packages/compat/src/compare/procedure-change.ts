/** What changed about a procedure itself: its kind, and what it promises beside its messages. */
import { type ProcedureDocument, procedureKinds } from "@concordat/core";
import type { TableVerdict, Verdict } from "../rule/rule.ts";
import { explain, type RuleId } from "../rule/rules.ts";
import type { Change } from "./change.ts";
import type { Difference } from "./difference.ts";
import { fill } from "./message.ts";

type Facts = NonNullable<Difference["facts"]>;

/** One change of a procedure, in both directions, with the verdicts of the table. */
export function procedureChange(
  procedure: string,
  rule: RuleId,
  facts: Facts,
  path = "",
): Change[] {
  const row = explain(rule);
  if (row === undefined) return [];
  const title = fill(row.title, facts);
  const change = (direction: Change["direction"], verdict: Verdict): Change => ({
    rule,
    path,
    position: "procedure",
    direction,
    procedure,
    verdict,
    message: `${title.charAt(0).toUpperCase()}${title.slice(1)}: ${consequence(rule, direction, verdict)}.`,
  });
  return [
    change("old-client-new-server", settled(row.columns.requestFromOldClient)),
    change("new-client-old-server", settled(row.columns.requestFromNewClient)),
  ];
}

/** The table leaves open what a policy or the negotiated release settles: nothing of it breaks a message. */
function settled(verdict: TableVerdict): Verdict {
  return verdict === "depends" ? "compatible" : verdict;
}

/** What breaks where it is no call that fails. */
const otherBreaks: ReadonlyMap<RuleId, (client: string, server: string) => string> = new Map([
  [
    "idempotency-withdrawn",
    (client, server) => `${client} may still repeat a call, which ${server} does not expect`,
  ],
  [
    "server-notification-removed",
    (client, server) => `${client} listens to what ${server} never tells`,
  ],
]);

function consequence(rule: RuleId, direction: Change["direction"], verdict: Verdict): string {
  const isOld = direction === "old-client-new-server";
  const [client, server] = isOld
    ? ["an old client", "a new server"]
    : ["a new client", "an old server"];
  if (verdict !== "breaking") return `${client} can go on with ${server}`;
  return otherBreaks.get(rule)?.(client, server) ?? `calls of ${client} fail on ${server}`;
}

/** All changes of a procedure but those of its messages. */
export function procedureChanges(
  name: string,
  before: ProcedureDocument,
  after: ProcedureDocument,
): readonly Change[] {
  // A large contract has hundreds of procedures that promise nothing beside their messages.
  if (before.kind === after.kind && promisesNothing(before) && promisesNothing(after)) return [];
  return [
    ...kind(name, before, after),
    ...idempotency(name, before, after),
    ...auth(name, before, after),
    ...limits(name, before, after),
    ...deprecation(name, before, after),
  ];
}

function promisesNothing(procedure: ProcedureDocument): boolean {
  const { idempotent = false, auth: scopes, limits: bounds, deprecated } = procedure;
  return !idempotent && scopes === undefined && bounds === undefined && deprecated === undefined;
}

const kindRules: ReadonlyMap<string, RuleId> = new Map([
  ["unary serverStream", "unary-to-server-stream"],
  ["serverStream unary", "server-stream-to-unary"],
  ["unary clientStream", "unary-to-client-stream"],
  ["clientStream unary", "client-stream-to-unary"],
]);

function kind(name: string, before: ProcedureDocument, after: ProcedureDocument): Change[] {
  if (before.kind === after.kind) return [];
  const rule = kindRules.get(`${before.kind} ${after.kind}`) ?? otherKindRule(before, after);
  return procedureChange(name, rule, { before: before.kind, after: after.kind });
}

function otherKindRule(before: ProcedureDocument, after: ProcedureDocument): RuleId {
  if (isNotification(before) || isNotification(after)) return "notification-kind-changed";
  return before.kind === "bidiStream"
    ? "stream-became-one-directional"
    : "stream-became-bidirectional";
}

function isNotification({ kind: name }: ProcedureDocument): boolean {
  return "oneWay" in procedureKinds[name];
}

function idempotency(name: string, before: ProcedureDocument, after: ProcedureDocument): Change[] {
  const [was, is] = [before.idempotent ?? false, after.idempotent ?? false];
  if (was === is) return [];
  return procedureChange(name, is ? "idempotency-granted" : "idempotency-withdrawn", {});
}

function auth(name: string, before: ProcedureDocument, after: ProcedureDocument): Change[] {
  const [had, has] = [before.auth ?? [], after.auth ?? []];
  const rule = had.length === 0 ? "auth-added" : "scope-raised";
  return [
    ...has
      .filter((scope) => !had.includes(scope))
      .flatMap((scope) => procedureChange(name, rule, { name: scope }, "/auth")),
    ...had
      .filter((scope) => !has.includes(scope))
      .flatMap((scope) => procedureChange(name, "auth-removed", { name: scope }, "/auth")),
  ];
}

function limits(name: string, before: ProcedureDocument, after: ProcedureDocument): Change[] {
  const [had, has] = [before.limits ?? {}, after.limits ?? {}];
  return (["timeoutMs", "requestBytes", "callsPerMinute"] as const).flatMap((limit) => {
    const [was, is] = [had[limit] ?? Infinity, has[limit] ?? Infinity];
    if (was === is) return [];
    const facts = { name: limit, before: written(was), after: written(is) };
    return procedureChange(
      name,
      is < was ? "limit-tightened" : "limit-relaxed",
      facts,
      `/limits/${limit}`,
    );
  });
}

function written(limit: number): string {
  return limit === Infinity ? "none" : String(limit);
}

function deprecation(name: string, before: ProcedureDocument, after: ProcedureDocument): Change[] {
  const [was, is] = [before.deprecated, after.deprecated];
  if (was === undefined && is !== undefined) return procedureChange(name, "deprecated", {});
  if (was?.sunset === is?.sunset) return [];
  return procedureChange(name, "sunset-moved", {
    before: was?.sunset ?? "none",
    after: is?.sunset ?? "none",
  });
}
