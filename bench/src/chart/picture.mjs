/** An SVG that can be read on white paper and on black. */

/** Colours by what they mean. */
const style = `text{font:12px system-ui,-apple-system,"Segoe UI",sans-serif;fill:#1f2933}
.title{font-weight:600;font-size:13px}.name,.end{text-anchor:end}.mid{text-anchor:middle}.soft{fill:#66727f;font-size:11px}
.paper{fill:#fff}.grid{stroke:#e4e7eb}.one{stroke:#9aa5b1;stroke-dasharray:3 3}
.ours{fill:#0b6e4f}.yard{fill:#52606d}.other{fill:#b8c2cc}.bold{font-weight:600}.head{font-size:15px;font-weight:600}
.value{paint-order:stroke;stroke:#fff;stroke-width:4px}
@media(prefers-color-scheme:dark){text{fill:#e4e7eb}.soft{fill:#9aa5b1}.paper{fill:#0d1117}.value{stroke:#0d1117}.grid{stroke:#2b333d}
.ours{fill:#34b58a}.yard{fill:#8b98a5}.other{fill:#4a5663}polyline,circle{filter:brightness(1.6)}}`;

/** @param {number} width @param {number} height @param {readonly string[]} parts */
export function picture(width, height, parts) {
  const size = `width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" ${size}>`,
    `<style>${style}</style>`,
    '<rect class="paper" width="100%" height="100%" rx="6"/>',
    ...parts,
    "</svg>\n",
  ].join("\n");
}

/** @param {string} [kind] A class of the style. */
export function text(x, y, words, kind = "") {
  return `<text x="${round(x)}" y="${round(y)}" class="${kind}">${escaped(words)}</text>`;
}

export function line(x1, y1, x2, y2, kind) {
  return `<line x1="${round(x1)}" y1="${round(y1)}" x2="${round(x2)}" y2="${round(y2)}" class="${kind}"/>`;
}

export function group(x, y, parts) {
  return `<g transform="translate(${x} ${y})">\n${parts.join("\n")}\n</g>`;
}

export function round(number) {
  return Number(number.toFixed(1));
}

/** A title without its marks for a page. */
export function bare(title) {
  return title.replaceAll(/[`*]/g, "");
}

function escaped(words) {
  return words.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}
