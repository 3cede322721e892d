/** The command as a function, for programs that want it without a process. */
export { type ExitStatus, type ExitStatusRule, exitStatuses } from "./exit-status.ts";
export { type Outcome, run, type Surroundings } from "./run.ts";
export type { Terminal } from "./report/terminal.ts";
export type { Printed } from "./report/text.ts";
export type { Outlet } from "./report/print.ts";
