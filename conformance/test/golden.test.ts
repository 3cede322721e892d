/** The golden lists against this project's encoders and decoders, both ways. */
import {
  bytesToValue,
  type Fault,
  type FaultDetail,
  type Frame,
  frameRules,
  framesFromBytes,
  frameToBytes,
  helloFromMessage,
  helloToText,
  isObject,
  jsonMessage,
  limitsWith,
  refusalFromJson,
  rejectToText,
  valueToBytes,
  WireError,
  welcomeFromJson,
  welcomeToText,
} from "@concordat/core/internal";
import type { ErrorDetail } from "@concordat/core";
import { describe, expect, test } from "vitest";
import { frames, fromGolden, messages, refused, toGolden, values } from "./golden-list.ts";
import { fromHex, toHex } from "./hex.ts";

const limits = limitsWith();

describe("values", () => {
  test.each(values)("$name: $meaning", ({ value, bytes }) => {
    expect(toHex(valueToBytes(fromGolden(value)))).toBe(bytes);
    expect(toGolden(bytesToValue(fromHex(bytes), limits))).toEqual(value);
  });
});

describe("frames", () => {
  test.each(frames)("$name", ({ frame, bytes }) => {
    const parts = { ...frame, ...("payload" in frame && { payload: payloadOf(frame) }) };
    // The row says which kind it is; what does not fit would not have these bytes.
    const whole = withDetail(fromGolden(parts) as Frame);

    expect(toHex(frameToBytes(whole))).toBe(bytes);
    expect(framesFromBytes(fromHex(bytes), limits).map(readable)).toEqual([frame]);
  });

  test("every kind is in the list, from the side that sends it", () => {
    expect(new Set(frames.map(({ frame }) => frame.kind))).toEqual(
      new Set(Object.keys(frameRules)),
    );
    for (const { frame, direction } of frames) {
      const { sender } = frameRules[frame.kind as Frame["kind"]]; // asserted above
      const allowed = {
        requester: ["client"],
        responder: ["server"],
        either: ["client", "server", "either"],
      };
      expect(allowed[sender]).toContain(direction);
    }
  });

  test("all of them are one message together", () => {
    const together = fromHex(frames.map(({ bytes }) => bytes).join(" "));

    expect(framesFromBytes(together, limits).map(readable)).toEqual(
      frames.map(({ frame }) => frame),
    );
  });

  test(
    "each with any of its bytes changed becomes frames or a WireError, nothing else",
    { timeout: 60_000 },
    () => {
      const thrown = new Set<unknown>();
      for (const { bytes } of frames) {
        const original = fromHex(bytes);
        for (let at = 0; at < original.length; at += 1) {
          for (let byte = 0; byte < 256; byte += 1) {
            const changed = original.with(at, byte);
            thrown.add(classOfThrown(() => framesFromBytes(changed, limits)));
          }
        }
      }

      expect(thrown).toEqual(new Set([undefined, WireError]));
    },
  );
});

describe("the handshake", () => {
  test.each(messages)("$name: $meaning", ({ message, bytes }) => {
    const text = Buffer.from(fromHex(bytes)).toString("utf8");

    expect(JSON.parse(text)).toEqual(message);
    expect(writtenAgain(text, message.concordat)).toBe(text);
  });

  test("the lists hold the frozen form: whoever changes it changes history", () => {
    const kinds = messages.map(({ message }) => message.concordat);

    expect(new Set(kinds)).toEqual(new Set(["hello", "welcome", "reject"]));
  });
});

describe("refused", () => {
  // Which calls are open decides about these two: see refused.test.ts, which asks a real server about all.
  const withoutState = refused.filter(
    ({ name }) => !name.includes("of nobody") || name.includes("extension"),
  );

  test.each(withoutState)("$name", ({ bytes, times }) => {
    expect(() => framesFromBytes(fromHex(bytes, times), limits)).toThrow(WireError);
  });
});

/** A frame as the list writes it. */
function readable(frame: Frame): unknown {
  if (frame.kind === "error") return toGolden({ ...frame, fault: readableFault(frame.fault) });
  if (!("payload" in frame)) return toGolden({ ...frame });
  // How many values a frame has is counted where it comes in, and does not travel.
  return toGolden({ ...frame, payload: bytesToValue(frame.payload, limits), values: undefined });
}

function readableFault({ detail, ...fault }: Fault): unknown {
  if (detail === undefined) return fault;
  return {
    ...fault,
    detail: { name: detail.name, value: bytesToValue(detail.payload, limits) },
  };
}

/** The list has the value of an error's detail; a frame has its bytes. */
function withDetail(frame: Frame): Frame {
  if (frame.kind !== "error") return frame;
  const detail = frame.fault.detail as (FaultDetail & ErrorDetail) | undefined; // as the list writes it
  const encoded = detail && { name: detail.name, payload: valueToBytes(detail.value) };
  return { ...frame, fault: { ...frame.fault, detail: encoded } };
}

function payloadOf({ payload }: Readonly<Record<string, unknown>>): unknown {
  return { $bytes: toHex(valueToBytes(fromGolden(payload))) };
}

/** Read, and written again with the random word that it came with. */
function writtenAgain(text: string, kind: string): string {
  const json = jsonMessage(text, 16_384);
  const word =
    Object.keys(json)
      .find((name) => name.startsWith("x-"))
      ?.slice(2) ?? "";
  const withoutWord = (capabilities: readonly string[]): readonly string[] =>
    capabilities.filter((name) => name !== `x-${word}`);
  if (kind === "hello") {
    const hello = helloFromMessage(text, 16_384);
    return helloToText({ ...hello, capabilities: withoutWord(hello.capabilities) }, word);
  }
  if (kind === "welcome") {
    const welcome = welcomeFromJson(json);
    return welcomeToText({ ...welcome, capabilities: withoutWord(welcome.capabilities) }, word);
  }
  const refusal = isObject(json) ? refusalFromJson(json) : undefined;
  if (refusal === undefined) throw new Error("a reject without a code");
  // Reading fills in empty lists for those that were not sent.
  const absent = ["offered", "supported"].filter((name) => !(name in json));
  const members = Object.entries(refusal).filter(([name]) => !absent.includes(name));
  return rejectToText({ ...refusal, ...undefinedEach(absent), ...Object.fromEntries(members) });
}

function classOfThrown(run: () => unknown): unknown {
  try {
    run();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.constructor : "no error";
  }
}

/** Undefined for each name: JSON leaves those out. */
function undefinedEach(names: readonly string[]): Readonly<Record<string, undefined>> {
  return Object.fromEntries(names.map((name) => [name, undefined]));
}
