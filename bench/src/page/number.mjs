/** Numbers as people read them. */

export function whole(number) {
  return Math.round(number).toLocaleString("en");
}

export function ratio(number) {
  if (!Number.isFinite(number)) return "–";
  return number < 10 ? number.toFixed(2) : number.toFixed(1);
}

/** Three digits that say something. */
export function plain(number) {
  if (!Number.isFinite(number)) return "–";
  if (number >= 100) return whole(number);
  return number >= 10 ? number.toFixed(1) : number.toFixed(number >= 1 ? 2 : 3);
}

/** @param {import("../result/spread.mjs").Spread} spread */
export function range({ least, most }) {
  return Number.isFinite(least) ? `${ratio(least)}–${ratio(most)}` : "–";
}

export function inMegabytes(bytes) {
  return (bytes / 1_000_000).toFixed(1);
}

export function inKilobytes(bytes) {
  return (bytes / 1_000).toFixed(1);
}
