/** Refusals and closes: docs/protocol/close-codes.md. */

/** A connection that was refused, or closed. The code decides, all else says more. */
export class Closed extends Error {
  /**
   * @param {number} code
   * @param {string} reason
   * @param {Readonly<Record<string, unknown>>} reject
   */
  constructor(code, reason, reject) {
    super(typeof reject["message"] === "string" ? reject["message"] : `closed: ${code} ${reason}`);
    this.code = code;
    const said = new Map(
      reason
        .split(" ")
        .slice(1)
        .map((pair) => /** @type {[string, string]} */ (pair.split("="))),
    );
    const supported = object(reject["supported"]);
    this.contract = reject["contract"] ?? said.get("contract");
    this.floor = supported["floor"] ?? said.get("min");
    this.newest = supported["newest"] ?? said.get("max");
    this.mustMove =
      reject["mustMove"] ??
      { 4410: "client", 4426: "client", 4526: "server" }[code] ??
      said.get("move");
    this.isUpgradeRequired = [4410, 4426, 4427].includes(code);
    this.isTerminal = [44, 46].includes(Math.floor(code / 100)) || [3000, 3003].includes(code);
  }
}

/**
 * An object, whatever came.
 *
 * @param {unknown} value
 * @returns {Readonly<Record<string, unknown>>}
 */
export function object(value) {
  return typeof value === "object" && value !== null ? { ...value } : {};
}
