/** How a command ends that looked at several things. */
import { expect, test } from "vitest";

import { type ExitStatus, worstStatus } from "../src/exit-status.ts";

test.each<[readonly ExitStatus[], ExitStatus]>([
  [[], "ok"],
  [["ok", "undecided", "ok"], "undecided"],
  [["breaking", "undecided"], "breaking"],
  [["undecided", "breaking"], "breaking"],
  [["unusable", "breaking"], "unusable"],
])("what ended with %o ends as the most serious of them: %s", (statuses, worst) => {
  expect(worstStatus(statuses)).toBe(worst);
});
