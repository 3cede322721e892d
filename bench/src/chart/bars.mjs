/** Bars of one workload, a row for each contender. */
import { bare, line, round, text } from "./picture.mjs";

const step = 17;
const right = 56;

/**
 * @typedef {object} Bar
 * @property {string} name
 * @property {string} title
 * @property {number} value
 */

/** @param {number} count How many. */
export function heightOfBars(count) {
  return 30 + count * step;
}

/**
 * @param {string} title
 * @param {readonly Bar[]} rows
 * @param {{ width: number, left?: number, unit: string, isLogarithmic?: boolean }} how `left` is the room for names. A logarithmic bar grows from 1, to the left or to the right.
 */
export function bars(title, rows, { width, left = 150, unit, isLogarithmic = false }) {
  const room = width - left - right;
  const scale = isLogarithmic ? logarithmic(rows) : linear(rows);
  const place = (value) => left + room * scale(value);
  const bottom = heightOfBars(rows.length) - 8;
  const parts = [text(0, 13, title, "title")];
  if (unit === "×") parts.push(line(place(1), 22, place(1), bottom, "one"));
  for (const [index, { name, title: who, value }] of rows.entries()) {
    const y = 26 + index * step;
    const isOurs = name.startsWith("concordat");
    const [from, to] = [isLogarithmic ? place(1) : place(0), place(value)].toSorted(
      (a, b) => a - b,
    );
    const length = Math.max(1, to - from);
    parts.push(
      text(left - 8, y + 10, shortened(bare(who)), isOurs ? "name bold" : "name"),
      `<rect x="${round(from)}" y="${y}" width="${round(length)}" height="12" rx="2" class="${kindOf(name)}"/>`,
      text(to + 6, y + 10, shown(value, unit), isOurs ? "value bold" : "value soft"),
    );
  }
  return parts;
}

/** From 0 to 1 for each value, by its size. */
function linear(rows) {
  const most = Math.max(...rows.map(({ value }) => value), Number.MIN_VALUE);
  return (value) => value / most;
}

/** The same by its logarithm, with room for 1. */
function logarithmic(rows) {
  const logs = [0, ...rows.map(({ value }) => Math.log(value))];
  const [least, most] = [Math.min(...logs), Math.max(...logs)];
  return (value) => (Math.log(value) - least) / (most - least || 1);
}

function kindOf(name) {
  if (name.startsWith("concordat")) return "ours";
  return name === "raw" || name === "minimum" ? "yard" : "other";
}

/** The names of the yardsticks are sentences; a chart has no room for them. */
function shortened(title) {
  return title
    .replace("hand-written ws + ", "by hand, ")
    .replace("@msgpack/msgpack", "MessagePack");
}

function shown(value, unit) {
  const digits = value >= 100 ? 0 : value >= 10 ? 1 : 2;
  return `${value.toFixed(digits)}${unit}`;
}
