/** Shapes of the values that travel although JSON does not have them. */
import { CheckedShape } from "./check.ts";
import { copyOfBigInteger, copyOfTimestamp } from "./copy.ts";
import type { Kind } from "./kind.ts";
import type { Shape } from "./shape.ts";

const kindOnly = (kind: Kind): { kinds: () => ReadonlySet<Kind> } => {
  const kinds: ReadonlySet<Kind> = new Set([kind]);
  return { kinds: () => kinds };
};

/** Bytes. The result is a copy of its own, and a plain `Uint8Array` also where a `Buffer` came. */
export function bytes(): Shape<Uint8Array> {
  return new CheckedShape(
    (value, visit) =>
      value instanceof Uint8Array ? new Uint8Array(value) : visit.fail("is not bytes"),
    kindOnly("bytes"),
  );
}

/** A moment. */
export function timestamp(): Shape<Date> {
  return new CheckedShape(
    (value, visit) =>
      value instanceof Date ? copyOfTimestamp(value, visit) : visit.fail("is not a timestamp"),
    kindOnly("timestamp"),
  );
}

/** An integer of any size up to 1,000 digits. */
export function bigInteger(): Shape<bigint> {
  return new CheckedShape(
    (value, visit) =>
      typeof value === "bigint"
        ? copyOfBigInteger(value, visit)
        : visit.fail("is not a big integer"),
    kindOnly("bigint"),
  );
}
