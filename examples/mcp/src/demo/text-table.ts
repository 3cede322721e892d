/** A table as text: columns as wide as they have to be. */

/** Lines of a table; the first row is its heading. */
export function textTable(rows: readonly (readonly string[])[]): readonly string[] {
  const [heading = []] = rows;
  const widths = heading.map((_cell, column) =>
    Math.max(...rows.map((row) => (row[column] ?? "").length)),
  );
  const lines = rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
  const rule = widths.map((width) => "─".repeat(width)).join("  ");
  return [lines[0] ?? "", rule, ...lines.slice(1)];
}
