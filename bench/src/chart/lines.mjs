/** Curves: a line for each contender over what grows. */
import { bare, line, round, text } from "./picture.mjs";

const left = 52;
const top = 34;
const bottom = 44;

/** By the name of the contender, so that a colour means the same in every chart. */
const colours = {
  concordat: "#0b6e4f",
  same: "#0b6e4f",
  changed: "#d9730d",
  minimum: "#52606d",
  raw: "#9aa5b1",
  trpc: "#2f6fd0",
  socketio: "#a25fc2",
};

/**
 * @typedef {object} Curve
 * @property {string} name
 * @property {string} title
 * @property {readonly { x: number, label: string, value: number }[]} points
 */

/**
 * @param {string} title
 * @param {readonly Curve[]} curves
 * @param {{ width: number, height: number, axis: string, isLogarithmic: boolean }} how Whether what is measured is drawn by its logarithm.
 */
export function lines(title, curves, { width, height, axis, isLogarithmic }) {
  const ticks = curves[0].points;
  const across = (index) =>
    left + 8 + ((width - left - 24) * index) / Math.max(1, ticks.length - 1);
  const values = curves.flatMap(({ points }) => points.map(({ value }) => value));
  const scale = isLogarithmic ? decades(values) : even(values);
  const up = (value) => height - bottom - (height - top - bottom) * scale.part(value);
  return [
    text(0, 13, title, "title"),
    ...scale.marks.flatMap((mark) => [
      line(left, up(mark), width - 8, up(mark), "grid"),
      text(left - 6, up(mark) + 4, shown(mark), "soft end"),
    ]),
    ...ticks.map(({ label }, index) =>
      text(across(index), height - bottom + 16, label, "soft mid"),
    ),
    text((left + width) / 2, height - bottom + 32, axis, "soft mid"),
    ...curves.flatMap(({ name, points }) => {
      const places = points.map(({ value }, index) => [round(across(index)), round(up(value))]);
      const colour = colours[name];
      const path = places.map((place) => place.join(",")).join(" ");
      return [
        `<polyline points="${path}" fill="none" stroke="${colour}" stroke-width="2" stroke-linejoin="round"/>`,
        ...places.map(([x, y]) => `<circle cx="${x}" cy="${y}" r="3" fill="${colour}"/>`),
      ];
    }),
  ];
}

/** Which colour is whose, in one line. */
export function legend(curves) {
  let x = 0;
  return curves.flatMap(({ name, title }) => {
    const words = bare(title).replace("hand-written ws + @msgpack/msgpack", "by hand, MessagePack");
    const at = x;
    x += 30 + words.length * 6.6;
    return [
      `<rect x="${round(at)}" y="1" width="12" height="12" rx="2" fill="${colours[name]}"/>`,
      text(at + 17, 11, words),
    ];
  });
}

function even(values) {
  const most = Math.max(...values);
  const size = 10 ** Math.floor(Math.log10(most / 4));
  const step = [1, 2, 2.5, 5, 10].map((by) => by * size).find((by) => by * 5 >= most) ?? size * 10;
  const count = Math.ceil(most / step);
  const marks = Array.from({ length: count + 1 }, (_, index) => index * step);
  return { marks, part: (value) => value / (count * step) };
}

function decades(values) {
  const least = Math.floor(Math.log10(Math.min(...values)));
  const most = Math.ceil(Math.log10(Math.max(...values)));
  const marks = Array.from({ length: most - least + 1 }, (_, index) => 10 ** (least + index));
  return { marks, part: (value) => (Math.log10(value) - least) / (most - least || 1) };
}

function shown(mark) {
  if (mark >= 1_000_000) return `${mark / 1_000_000} M`;
  return mark >= 1_000 ? `${mark / 1_000} k` : String(Number(mark.toPrecision(3)));
}
