/**
 * Writes the tables of the protocol's pages from the data that the code runs on. `--check` only compares.
 *
 * A table stands between `<!-- table NAME -->` and `<!-- /table -->`.
 */
import { execFileSync } from "node:child_process";
import { rules } from "../packages/compat/dist/index.js";
import { logEvents } from "../packages/server/dist/portable.js";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import {
  closeCodes,
  limitRules,
  procedureKinds,
  statusCodes,
} from "../packages/core/dist/index.js";
import {
  callTransitions,
  clientTransitions,
  frameRules,
  ignorableFrom,
  serverTransitions,
} from "../packages/core/dist/internal.js";

const root = fileURLToPath(new URL("..", import.meta.url));
const folders = ["docs/guide/", "docs/protocol/", "docs/reference/"];
const isCheck = process.argv.includes("--check");

/** @type {ReadonlyMap<string, () => string>} */
const tables = new Map([
  ["close-codes", closeCodeTable],
  ["status-codes", statusCodeTable],
  ["frames", frameTable],
  ["limits", limitTable],
  ["kinds", kindTable],
  ["call-states", () => diagram(callTransitions)],
  ["server-states", () => diagram(serverTransitions)],
  ["client-states", () => diagram(clientTransitions)],
  ["rules", ruleTable],
  ["log-events", logTable],
  ["changelog", changelog],
]);

let stale = 0;
const pages = folders.flatMap((folder) => readdirSync(root + folder).map((name) => folder + name));
for (const file of pages.filter((name) => name.endsWith(".md"))) {
  const before = readFileSync(root + file, "utf8");
  const after = before.replaceAll(
    /<!-- table (\S+) -->\n[^]*?<!-- \/table -->/g,
    (_all, /** @type {string} */ name) => {
      const write = tables.get(name);
      if (write === undefined) throw new Error(`${file} asks for the unknown table ${name}`);
      return `<!-- table ${name} -->\n\n${write()}\n\n<!-- /table -->`;
    },
  );
  if (after === before) continue;
  stale += 1;
  if (isCheck) console.error(`${file} is stale: run "npm run docs"`);
  else writeFileSync(root + file, after);
}
process.exitCode = isCheck && stale > 0 ? 1 : 0;

function closeCodeTable() {
  const rows = Object.entries(closeCodes).map(([code, { name, sender, action, meaning }]) => [
    code,
    `\`${name}\``,
    sender,
    action,
    meaning,
  ]);
  return table(["code", "name", "sent by", "the closed side", "meaning"], rows);
}

function statusCodeTable() {
  const rows = Object.entries(statusCodes).map(([name, { number, retry, meaning }]) => [
    String(number),
    `\`${name}\``,
    retry ? "yes" : "no",
    meaning,
  ]);
  return table(["number", "name", "retry", "meaning"], rows);
}

function frameTable() {
  const rows = Object.entries(frameRules).map(
    ([name, { number, sender, scope, body, meaning }]) => [
      String(number),
      `\`${name}\``,
      sender,
      scope === "call" ? "call" : "0",
      body.map((element) => `\`${element}\``).join(", "),
      number >= ignorableFrom ? `${meaning} Ignorable.` : meaning,
    ],
  );
  return table(["kind", "name", "sent by", "id", "body", "meaning"], rows);
}

function limitTable() {
  const rows = Object.entries(limitRules).map(([name, rule]) => [
    `\`${name}\``,
    rule.default.toLocaleString("en"),
    rule.unit,
    rule.answer,
    rule.reason,
  ]);
  return table(["limit", "default", "unit", "beyond it", "why"], rows);
}

function kindTable() {
  const rows = Object.entries(procedureKinds).map(([name, rule]) => {
    const { requestStream, responseStream } = rule;
    if ("oneWay" in rule) {
      const [client, server] = ["`notification`", "nothing"];
      return [`\`${name}\``, ...(rule.oneWay === "client" ? [client, server] : [server, client])];
    }
    return [
      `\`${name}\``,
      requestStream ? "`request` with nil, `item`*, `end`" : "`request`",
      responseStream ? "`item`*, `end`" : "`response`",
    ];
  });
  return table(["kind", "the requester sends", "the responder sends"], rows);
}

function ruleTable() {
  const rows = Object.values(rules).map(({ id, title, columns, todo }) => [
    `\`${id}\``,
    escaped(title),
    columns.requestFromOldClient,
    columns.requestFromNewClient,
    columns.responseToOldClient,
    columns.responseToNewClient,
    escaped(todo),
  ]);
  const head = [
    "rule",
    "change",
    "request, old client",
    "request, new client",
    "response, old client",
    "response, new client",
    "what to do",
  ];
  return table(head, rows);
}

function logTable() {
  const rows = Object.entries(logEvents).map(([name, { level, meaning, alert }]) => [
    level,
    `\`${name}\``,
    meaning,
    alert,
  ]);
  return table(["level", "event", "what happened", "alert"], rows);
}

/** What the command says of the quickstart's two releases. */
function changelog() {
  const releases = `${root}examples/quickstart/contracts/orders`;
  const operands = [`${releases}/1.0.0.json`, `${releases}/2.0.0.json`, "--format", "markdown"];
  try {
    return execFileSync(
      process.execPath,
      [`${root}packages/cli/dist/main.js`, "diff", ...operands],
      {
        encoding: "utf8",
      },
    ).trim();
  } catch (error) {
    // A break is exit status 1, and what was printed is what is wanted.
    return String(Reflect.get(Object(error), "stdout")).trim();
  }
}

/** @param {string} text */
function escaped(text) {
  return text.replaceAll("|", "\\|").replaceAll("<", "&lt;");
}

/** @param {object} transitions From each state, each act and the state after it. */
function diagram(transitions) {
  const lines = Object.entries(transitions).flatMap(([state, acts]) => {
    const byTarget = new Map();
    for (const [act, target] of Object.entries(acts)) {
      byTarget.set(target, [...(byTarget.get(target) ?? []), act]);
    }
    return [...byTarget].map(([target, names]) => `  ${state} --> ${target}: ${names.join(", ")}`);
  });
  return ["```mermaid", "stateDiagram-v2", ...lines, "```"].join("\n");
}

/**
 * @param {readonly string[]} head
 * @param {readonly (readonly string[])[]} rows
 */
function table(head, rows) {
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

/** @param {readonly string[]} cells */
function line(cells) {
  return `| ${cells.join(" | ")} |`;
}
