/** Elements of the page, by their id. */

/** Shows a text in an element. */
export function show(id: string, text: string): void {
  const element = document.getElementById(id);
  if (element !== null) element.textContent = text;
}

/** Adds a line to a list. */
export function addLine(id: string, text: string): void {
  const line = document.createElement("li");
  line.textContent = text;
  document.getElementById(id)?.append(line);
}
