/** What each close code means, for people: the docs' table and what `closeCodes` shows. Nothing runs on it. */
import { classifyClose } from "../wire/close-classification.ts";
import { type CloseAction, closeCode, type CloseCode, type CloseName } from "../wire/close-code.ts";

/** One row of the registry. */
export interface CloseRule {
  readonly name: CloseName;
  readonly meaning: string;
  readonly sender: "server" | "client";
  readonly action: CloseAction;
}

const meanings: Readonly<Record<CloseName, Pick<CloseRule, "sender" | "meaning">>> = {
  "bad-handshake": {
    sender: "server",
    meaning: "The first message was undecodable, of the wrong type, or incomplete.",
  },
  unauthenticated: {
    sender: "server",
    meaning: "No credentials, or none that are valid.",
  },
  forbidden: {
    sender: "server",
    meaning: "The caller is known and not allowed here (tenant, origin, policy).",
  },
  "unknown-contract": {
    sender: "server",
    meaning: "This server does not serve that contract.",
  },
  "encoding-unsupported": {
    sender: "server",
    meaning: "There is no payload encoding that both sides speak.",
  },
  "contract-retired": {
    sender: "server",
    meaning: "The whole contract was withdrawn.",
  },
  "release-conflict": {
    sender: "server",
    meaning: "Same release, other fingerprint: somebody edited a released contract.",
  },
  "session-taken": {
    sender: "server",
    meaning: "The session was attached on another connection.",
  },
  "client-too-old": {
    sender: "server",
    meaning: "Nothing that the client offers can be served.",
  },
  "wire-unsupported": {
    sender: "server",
    meaning: "There is no wire revision that both sides speak.",
  },
  "internal-error": {
    sender: "server",
    meaning: "The server failed outside of a call.",
  },
  reauthenticate: {
    sender: "server",
    meaning: "The credentials expired on a live connection.",
  },
  draining: {
    sender: "server",
    meaning: "This instance goes away.",
  },
  "handshake-timeout": {
    sender: "server",
    meaning: "No hello came within the limit.",
  },
  "session-not-resumable": {
    sender: "server",
    meaning: "The session is unknown, expired, or has a gap.",
  },
  idle: {
    sender: "server",
    meaning: "Nothing was open for the idle limit.",
  },
  "slow-consumer": {
    sender: "server",
    meaning: "The send buffer grew over its bound.",
  },
  "message-too-large": {
    sender: "server",
    meaning: "A message was over the announced limit.",
  },
  "heartbeat-timeout": {
    sender: "server",
    meaning: "The server heard nothing for the keep-alive window.",
  },
  rebalance: {
    sender: "server",
    meaning: "The connection reached its greatest age, or load is moved.",
  },
  "protocol-violation": {
    sender: "server",
    meaning: "A frame was illegal.",
  },
  "flow-control": {
    sender: "server",
    meaning: "More was sent than credit allowed.",
  },
  "server-behind": {
    sender: "server",
    meaning: "Everything that the client offers is newer than this server.",
  },
  "too-many-requests": {
    sender: "server",
    meaning: "A connection or message rate limit was reached.",
  },
  "heartbeat-lost": {
    sender: "client",
    meaning: "The client heard nothing for the keep-alive window.",
  },
  suspended: {
    sender: "client",
    meaning: "The page was put to sleep.",
  },
  "server-rejected": {
    sender: "client",
    meaning: "The client's own check of the welcome failed.",
  },
  "bad-frame": {
    sender: "client",
    meaning: "A frame of the server was undecodable.",
  },
};

const names = Object.keys(meanings) as CloseName[]; // the table's own keys

/** Every close code of Concordat, with what the side that is closed does next. */
export const closeCodes: Readonly<Record<CloseCode, CloseRule>> = Object.freeze(
  Object.fromEntries(names.map((name) => [closeCode[name], ruleOf(name)])) as Record<
    CloseCode,
    CloseRule
  >, // one row for each name, and each name has one code
);

function ruleOf(name: CloseName): CloseRule {
  const { sender, meaning } = meanings[name];
  return { name, sender, action: classifyClose(closeCode[name]).action, meaning };
}
