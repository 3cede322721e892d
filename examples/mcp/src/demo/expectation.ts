/**
 * What the demonstration should show, as data. Nothing in here is ever printed as a result: results are what the
 * processes report, and this is what they are held against.
 */
import type { Treatment } from "@concordat/server";

import type { Meeting } from "./demonstration.ts";

/** What is expected of one meeting. */
export interface ExpectedMeeting extends Meeting {
  readonly release: string;
  /** An empty text where nothing may be agreed on. */
  readonly negotiated: string;
  readonly outcome: string;
}

/** Every client that is started, newest first; the oldest meets both kinds of refusal. */
export const expectedMeetings: readonly ExpectedMeeting[] = [
  {
    revision: "2026-07-28",
    release: "5.0.0",
    negotiated: "5.0.0",
    outcome: "served",
    refuseAt: "close",
  },
  {
    revision: "2025-11-25",
    release: "4.0.0",
    negotiated: "4.0.0",
    outcome: "served",
    refuseAt: "close",
  },
  {
    revision: "2025-06-18",
    release: "3.0.0",
    negotiated: "3.0.0",
    outcome: "served",
    refuseAt: "close",
  },
  {
    revision: "2025-03-26",
    release: "2.0.0",
    negotiated: "2.0.0",
    outcome: "served",
    refuseAt: "close",
  },
  {
    revision: "2024-11-05",
    release: "1.0.0",
    negotiated: "",
    outcome: "refused by close 4426",
    refuseAt: "close",
  },
  {
    revision: "2024-11-05",
    release: "1.0.0",
    negotiated: "",
    outcome: "refused by HTTP 426",
    refuseAt: "upgrade",
  },
];

/** What a refused client has to be told, however the refusal reached it. */
export const expectedRefusal = {
  error: "UpgradeRequiredError",
  closeCode: 4426,
  mustMove: "client",
  message:
    "This client speaks 1.0.0 of mcp; the server serves 2.0.0 to 5.0.0. The client has to be updated.",
  upgradeUrl: "https://example.com/newer-clients",
} as const;

/** How many sockets any client opens: the refused ones, too, must not come back. */
export const expectedDials = 1;

const statistics = '{"characters":18,"words":6,"lines":1,"frequent":["be","to","not","or"]}';
const found = '[{"uri":"repo:///packages/core/package.json","mentions":1}]';
const refused = `failed_precondition: ${expectedRefusal.message}`;

/** By call: what each revision's client sees. A revision that is missing does not make the call. */
export const expectedSights: {
  readonly [call: string]: { readonly [revision: string]: string };
} = {
  initialize: {
    "2025-11-25": "ok: 2025-11-25 from concordat-example-mcp",
    "2025-06-18": "ok: 2025-06-18 from concordat-example-mcp",
    "2025-03-26": "ok: 2025-03-26 from concordat-example-mcp",
    "2024-11-05": refused,
  },
  "server/discover": { "2026-07-28": "ok: speaks 2026-07-28" },
  ping: olderAll("ok: {}"),
  "logging/setLevel": olderAll("ok: {}"),
  "tools/list": {
    "2026-07-28": 'ok: 6 tools; calculate returns "number"',
    "2025-11-25": 'ok: 6 tools; calculate returns "object"',
    "2025-06-18": 'ok: 6 tools; calculate returns "object"',
    "2025-03-26": "ok: 6 tools; calculate returns content",
    "2024-11-05": refused,
  },
  "tools/call calculate": {
    "2026-07-28": "ok: text 42; 42",
    "2025-11-25": 'ok: text 42; {"value":42}',
    "2025-06-18": 'ok: text 42; {"value":42}',
    "2025-03-26": "ok: text 42",
  },
  "tools/call calculate, 1 / 0": all("ok: error: text 1 / 0 has no finite value."),
  "tools/call of no tool": all('invalid_argument: Unknown tool: "no-such-tool".'),
  "tools/call text_statistics": {
    "2026-07-28": `ok: text ${statistics}; ${statistics}`,
    "2025-11-25": `ok: text ${statistics}; ${statistics}`,
    "2025-06-18": `ok: text ${statistics}; ${statistics}`,
    "2025-03-26": `ok: text ${statistics}`,
  },
  "tools/call tone": all("ok: audio"),
  "tools/call find_documents": {
    "2026-07-28": `ok: resource_link; ${found}`,
    "2025-11-25": `ok: resource_link; {"value":${found}}`,
    "2025-06-18": `ok: resource_link; {"value":${found}}`,
    "2025-03-26": "ok: text repo:///packages/core/package.json",
  },
  "tools/call remember": { "2026-07-28": "ok: resource_link" },
  "resources/list": all("ok: lists repo:///packages/core/package.json"),
  "resources/templates/list": all("ok: document, package"),
  "resources/read": {
    ...all("ok: the package.json of @concordat/core"),
    "2024-11-05": refused,
  },
  "resources/read outside": all('not_found: There is no resource "repo:///docs/../../etc/passwd".'),
  "resources/read note": { "2026-07-28": "ok: Notes are resources." },
  "resources/subscribe": olderAll(
    'unimplemented: "mcp/resources/subscribe" is not in the negotiated release, or ended before the newest; mcp 4.0.0 has it.',
  ),
  "subscriptions/listen": { "2026-07-28": "ok: over, because note:///demo changed" },
  "prompts/list": all("ok: explain, review-package"),
  "prompts/get": all("ok: text and resource"),
  "completion/complete": all("ok: core"),
  "tasks/list": { "2025-11-25": "ok: 0 tasks" },
  "tasks/get": { "2025-11-25": 'not_found: There is no task "7".' },
};

/** By procedure: its treatment from each release to the next, starting at the floor; then in the newest release. */
export const expectedTreatments: {
  readonly [procedure: string]: readonly (Treatment | "absent")[];
} = {
  "completion/complete": ["derived", "derived", "declarative", "identity"],
  initialize: ["declarative", "declarative", "answered", "absent"],
  "logging/setLevel": ["identity", "derived", "answered", "absent"],
  ping: ["derived", "derived", "answered", "absent"],
  "prompts/get": ["declarative", "derived", "declarative", "identity"],
  "prompts/list": ["derived", "derived", "declarative", "identity"],
  "resources/list": ["derived", "derived", "declarative", "identity"],
  "resources/read": ["derived", "derived", "declarative", "identity"],
  "resources/subscribe": ["identity", "derived", "unimplemented", "absent"],
  "resources/templates/list": ["derived", "derived", "declarative", "identity"],
  "resources/unsubscribe": ["identity", "derived", "unimplemented", "absent"],
  "server/discover": ["absent", "absent", "absent", "identity"],
  "subscriptions/listen": ["absent", "absent", "absent", "identity"],
  "tasks/cancel": ["absent", "absent", "answered", "absent"],
  "tasks/get": ["absent", "absent", "answered", "absent"],
  "tasks/list": ["absent", "absent", "answered", "absent"],
  "tasks/result": ["absent", "absent", "answered", "absent"],
  "tools/call": ["declarative", "derived", "written", "identity"],
  "tools/list": ["derived", "derived", "written", "identity"],
};

/** The same to every client that is served. */
function all(sight: string): { readonly [revision: string]: string } {
  return { "2026-07-28": sight, ...olderAll(sight) };
}

/** The same to every client that is served through adapters. */
function olderAll(sight: string): { readonly [revision: string]: string } {
  return { "2025-11-25": sight, "2025-06-18": sight, "2025-03-26": sight };
}
