/** The one comparison of the cases, which any test runner understands: it throws. */

/** Looks whether two values are the same, bytes by their content. Throws an Error that shows both. */
export function expectSame(actual: unknown, expected: unknown): void {
  if (isSame(actual, expected)) return;
  throw new Error(`Expected ${inWords(expected)}, but there is ${inWords(actual)}.`);
}

function isSame(left: unknown, right: unknown): boolean {
  if (Object.is(left, right)) return true;
  if (left instanceof Uint8Array && right instanceof Uint8Array)
    return left.length === right.length && left.every((byte, at) => byte === right[at]);
  if (typeof left !== "object" || typeof right !== "object" || left === null || right === null)
    return false;
  const names = Object.keys(left);
  return (
    names.length === Object.keys(right).length &&
    names.every((name) => isSame(Reflect.get(left, name), Reflect.get(right, name)))
  );
}

/** The start of a value, for a sentence. */
function inWords(value: unknown): string {
  const text = JSON.stringify(value, (_name, member: unknown) =>
    member instanceof Uint8Array
      ? `${member.length} bytes: ${member.subarray(0, 16).join(" ")}`
      : member,
  );
  return (text ?? String(value)).slice(0, 200);
}
