/** Bars of calls per second beside the hand-written minimum, one group for each workload. */

const width = 860;
const barHeight = 16;
const left = 250;
const ours = "#0b6e4f";
const others = "#9aa5b1";

/** An SVG of all workloads that count calls or items. */
export function chart(summaries) {
  let y = 24;
  const parts = [];
  for (const { workload, rows } of summaries) {
    if (workload.kind !== "calls" && workload.kind !== "stream") continue;
    const measured = rows.filter(({ count }) => count > 0);
    const most = Math.max(...measured.map(({ rateRatio }) => rateRatio.median), 1);
    parts.push(`<text x="12" y="${y}" class="title">${escaped(workload.title)}</text>`);
    y += 10;
    for (const { title, rateRatio } of measured) {
      const length = Math.max(1, ((width - left - 70) * rateRatio.median) / most);
      const name = title.replaceAll(/[`*]/g, "");
      const fill = name === "Concordat" ? ours : others;
      parts.push(
        `<text x="${left - 8}" y="${y + 12}" class="name">${escaped(name)}</text>`,
        `<rect x="${left}" y="${y}" width="${length.toFixed(1)}" height="${barHeight - 4}" fill="${fill}"/>`,
        `<text x="${(left + length + 6).toFixed(1)}" y="${y + 11}" class="value">${rateRatio.median.toFixed(2)}×</text>`,
      );
      y += barHeight;
    }
    y += 28;
  }
  const style =
    "text{font:12px system-ui,sans-serif;fill:#1f2933}.title{font-weight:600}.name{text-anchor:end}.value{fill:#52606d}";
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${y}" viewBox="0 0 ${width} ${y}"><style>${style}</style><rect width="100%" height="100%" fill="#fff"/>${parts.join("")}</svg>\n`;
}

function escaped(text) {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}
