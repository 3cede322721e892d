/**
 * The smallest client that keeps to the protocol, written from `docs/protocol/` alone: nothing of `packages/` is in here.
 *
 * It waits for the welcome instead of sending early data, does not resume, and does not dial again.
 */
import { WebSocket } from "ws";
import { Closed, object } from "./closed.js";
import { Connection } from "./connection.js";

export { Closed } from "./closed.js";
export { Connection } from "./connection.js";
export { CallError } from "./errors.js";

/**
 * Dials, says hello, and waits for the answer.
 *
 * @param {string} url
 * @param {{ contracts: readonly { name: string, optional?: boolean, offers: readonly { release?: string, fingerprint: string }[] }[], auth?: unknown }} options
 * @returns {Promise<Connection>}
 */
export function connect(url, { contracts, auth }) {
  const tokens = contracts.map(
    ({ name, offers: [newest] }) => `${name}.${newest?.release ?? "unreleased"}`,
  );
  const socket = new WebSocket(url, ["concordat.v1", ...tokens], { perMessageDeflate: false });
  socket.binaryType = "arraybuffer";
  return new Promise((resolve, reject) => {
    /** @type {Readonly<Record<string, unknown>>} */
    let refusal = {};
    const timer = setTimeout(() => socket.close(4800, "heartbeat-lost"), 5_000);
    socket.on("error", () => undefined); // decided on `close`, never on `error`
    socket.on("open", () => socket.send(JSON.stringify(hello(contracts, auth))));
    socket.on("close", (code, reason) => {
      clearTimeout(timer);
      reject(new Closed(code, reason.toString("latin1"), refusal["code"] === code ? refusal : {}));
    });
    socket.on("unexpected-response", (_request, response) => {
      let body = "";
      response.on("data", (part) => (body += part));
      response.on("end", () => {
        const isRefusal =
          response.statusCode === 426 &&
          response.headers["content-type"] === "application/problem+json";
        const problem = isRefusal ? object(JSON.parse(body)) : {};
        reject(new Closed(Number(problem["code"] ?? 1006), "", problem));
      });
    });
    socket.on("message", function answer(data, isBinary) {
      const message = isBinary
        ? {}
        : object(JSON.parse(Buffer.from(/** @type {Buffer} */ (data)).toString("utf8")));
      if (message["concordat"] === "reject") return void (refusal = message); // its close follows
      clearTimeout(timer);
      if (!isAcceptable(message, contracts)) return socket.close(4802, "server-rejected");
      socket.off("message", answer);
      return resolve(new Connection(socket, message));
    });
  });
}

/**
 * @param {readonly object[]} contracts
 * @param {unknown} auth
 */
function hello(contracts, auth) {
  const word = Math.random().toString(36).slice(2, 8);
  return {
    concordat: "hello",
    wire: [1],
    encodings: ["msgpack"],
    client: { name: "minimal-client", version: "1" },
    contracts,
    auth,
    capabilities: [`x-${word}`],
    limits: { streamWindowBytes: 1_000, connectionWindowBytes: 4_000 }, // small, so that credit is exercised
    [`x-${word}`]: word,
  };
}

/**
 * handshake.md, the check of a welcome.
 *
 * @param {Readonly<Record<string, unknown>>} welcome
 * @param {Parameters<typeof connect>[1]["contracts"]} contracts
 */
function isAcceptable(welcome, contracts) {
  if (
    welcome["concordat"] !== "welcome" ||
    welcome["wire"] !== 1 ||
    welcome["encoding"] !== "msgpack"
  )
    return false;
  const agreed = Array.isArray(welcome["contracts"]) ? welcome["contracts"].map(object) : [];
  return contracts.every(({ name, offers, optional = false }) => {
    const contract = agreed.find((each) => each["name"] === name) ?? {};
    const isOffered = offers.some(({ fingerprint }) => fingerprint === contract["fingerprint"]);
    return isOffered || (optional && contract["fingerprint"] === undefined);
  });
}
