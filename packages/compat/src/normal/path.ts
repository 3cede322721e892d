/** JSON pointers, step by step. */

/** One step further on a JSON pointer. */
export function below(path: string, ...names: readonly (string | number)[]): string {
  let longer = path;
  for (const name of names) longer += `/${escaped(String(name))}`;
  return longer;
}

function escaped(name: string): string {
  return /[~/]/.test(name) ? name.replaceAll("~", "~0").replaceAll("/", "~1") : name;
}
