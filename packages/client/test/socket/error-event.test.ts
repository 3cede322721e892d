/** What the error event of a socket says of the cause, on the platforms that say anything. */
import { describe, expect, test } from "vitest";
import { causeShownBy } from "../../src/socket/error-event.ts";

/** An error as Node's own modules raise them. */
function systemError(message: string, code: string): Error {
  return Object.assign(new Error(message), { code });
}

describe("the cause of a failed attempt", () => {
  test("is what `ws` says, word for word where its code is in it", () => {
    const error = systemError("getaddrinfo ENOTFOUND shop.invalid", "ENOTFOUND");

    expect(causeShownBy({ error, message: error.message })).toEqual({
      fault: "getaddrinfo ENOTFOUND shop.invalid",
      cause: error,
    });
  });

  test("has the code ahead where the message lacks it", () => {
    const error = systemError("certificate has expired", "CERT_HAS_EXPIRED");

    expect(causeShownBy({ error }).fault).toBe("CERT_HAS_EXPIRED: certificate has expired");
  });

  test("is the code alone where several addresses were tried, and none has the word", () => {
    const error = Object.assign(new AggregateError([]), { code: "ECONNREFUSED" });

    expect(causeShownBy({ error, message: "" }).fault).toBe("ECONNREFUSED");
  });

  test("is the message of the event where there is no error: the standard's, of Deno and Bun", () => {
    expect(causeShownBy({ message: "tls: no route" })).toEqual({ fault: "tls: no route" });
  });

  test("is what the event has, where its error has no words", () => {
    expect(causeShownBy({ error: "odd", message: "told" })).toEqual({
      fault: "told",
      cause: "odd",
    });
  });

  test("is shown as it is, in 200 characters at most", () => {
    expect(causeShownBy({ message: "x".repeat(200) }).fault).toBe("x".repeat(200));
    expect(causeShownBy({ message: "x".repeat(201) }).fault).toBe(`${"x".repeat(199)}…`);
  });

  test.each([[undefined], [null], ["error"], [{}], [{ error: null, message: 7 }]])(
    "is nothing where %j is all that is shown",
    (event) => {
      expect(causeShownBy(event)).toEqual({});
    },
  );
});
