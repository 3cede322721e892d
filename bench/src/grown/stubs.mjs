/** The stubs that a contender asks for, made when it first does. */
import { lineage, releaseBehind, releasesBehind } from "./lineage.mjs";
import { free, plain } from "./one-procedure.mjs";
import { procedures } from "./procedures.mjs";
import { writeProject } from "./project.mjs";

const name = "@concordat-bench/grown";

/** The ages of clients for which there are stubs. */
const ages = [0, 1, 5, releasesBehind];

/** @type {Set<string>} Made anew once in each run, because the command may have changed since. */
const made = new Set();

/** @param {readonly import("../contender.mjs").Contender[]} contenders */
export function makeStubs(contenders) {
  for (const { setting } of contenders) {
    for (const stub of Object.values(setting)) makeProject(stub.split("/")[0]);
  }
}

/** @param {string} project `lineage`, `plain`, `free`, or `procedures-100`. */
export function makeProject(project) {
  if (made.has(project)) return;
  made.add(project);
  const stubs = project === "lineage" ? stubsOfAges() : [{ out: "stub" }];
  const asPackages = stubs.map((stub) => ({
    contract: project,
    as: "package",
    package: name,
    ...stub,
  }));
  writeProject(project, { [project]: releasesOf(project) }, asPackages);
}

function releasesOf(project) {
  if (project === "lineage") return lineage();
  if (project === "plain") return [plain];
  if (project === "free") return [free];
  return [procedures(Number(project.replace("procedures-", "")))];
}

function stubsOfAges() {
  return ages.map((age) => ({ release: releaseBehind(age), out: `behind-${age}` }));
}
