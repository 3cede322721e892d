/** Judges what a call came to that the user's own handler answered. */
import { procedureKinds } from "@concordat/core";
import { isCallKind } from "@concordat/core/internal";

import { endFault } from "./judge.ts";
import type { Fault } from "./law.ts";
import type { Reading } from "./reading.ts";
import type { Route } from "./route.ts";
import type { Outcome } from "./stage.ts";
import { thrownReason } from "./thrown-reason.ts";

/** The first law that one call breaks. A handler may refuse what it likes, and keep its stream open. */
export function ownFault(
  reading: Reading,
  contract: string,
  { caller: { name, procedure }, outcome }: Route,
  { values, error, log, isHung }: Outcome,
): Fault | undefined {
  const fault = endFault("answers", "client", { reading, schema: procedure.response, values });
  if (fault !== undefined) return fault;
  const isCall = isCallKind(procedure.kind);
  if (isCall && outcome === "unimplemented" && error?.code !== "unimplemented")
    return { law: "ended", path: "", message: "The call did not end with unimplemented." };
  // What another call left behind is not held against this one.
  const told = log.find(
    ({ level, procedure: about = `${contract}/${name}` }) =>
      level === "error" && about === `${contract}/${name}`,
  );
  if (error?.code === "internal" || told !== undefined) {
    const { path = "" } = told ?? {};
    const who = outcome === "answered" ? "its adapter" : "its handler";
    const reason = (told && thrownReason(told, who)) ?? error?.rawMessage;
    return { law: "served", path, message: `The call failed: ${reason}` };
  }
  if (isHung && !procedureKinds[procedure.kind].responseStream)
    return { law: "served", path: "", message: "The call was not answered in time.", isHung };
  const { detail } = error ?? {};
  if (detail === undefined) return undefined;
  const schema = procedure.errors?.[detail.name] ?? false;
  return endFault("error", "client", { reading, schema, values: [detail.value] });
}
