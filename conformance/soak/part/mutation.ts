/** What a hostile or broken peer makes of the golden frames and messages. */
import { framesFromBytes, frameToBytes, limitsWith } from "@concordat/core/internal";
import type { SeededRandom } from "@concordat/testing";

import frames from "../../golden/frames.json" with { type: "json" };
import messages from "../../golden/handshake.json" with { type: "json" };
import positional from "../../golden/positional.json" with { type: "json" };
import refused from "../../golden/refused.json" with { type: "json" };
import tolerated from "../../golden/tolerated.json" with { type: "json" };
import values from "../../golden/values.json" with { type: "json" };

const frameBytes = [...frames, ...refused, ...tolerated].map(({ bytes }) => fromHex(bytes));
const messageBytes = messages.map(({ bytes }) => fromHex(bytes));
const limits = limitsWith();
/** What stands before the payload of a call's answer. */
const answerHead = frameToBytes({ kind: "item", id: 1, payload: Buffer.of(0xc0) }).subarray(0, -1);

/** Payloads in both encodings. */
const payloadBytes = [...values, ...positional].map(({ bytes }) => fromHex(bytes));
const procedures = [
  "place",
  "watch",
  "upload",
  "chat",
  "mirror",
  "hang",
  "__proto__",
  "x".repeat(300),
  "",
].flatMap((name) => [`orders/${name}`, name]);

/** Headers of MessagePack that promise four billion of something, and the bytes at which decoders turn. */
const promises = [
  "dd ff ff ff ff",
  "df ff ff ff ff",
  "db ff ff ff ff",
  "c6 ff ff ff ff",
  "c9 ff ff ff ff 01",
  "dd 01 c9 c3 80 dd 01 c9 c3 80 dd 01 c9 c3 80",
  "dc ff ff dc ff ff dc ff ff dc ff ff",
].map(fromHex);
const turningBytes = [0x00, 0x7f, 0x80, 0x90, 0x9f, 0xa0, 0xc0, 0xc1, 0xc4, 0xcf, 0xd3, 0xd9, 0xff];

/** A frame, or some of them, as no peer should send it. */
export function mutatedFrames(random: SeededRandom): Buffer {
  const original = pick(frameBytes, random);
  switch (Math.floor(random() * 8)) {
    case 0:
      return original; // as it stands, in whatever state the connection is
    case 1:
      return original.subarray(0, Math.floor(random() * original.length));
    case 2:
      return Buffer.concat(Array.from({ length: 1 + Math.floor(random() * 20) }, () => original));
    case 3:
      return Buffer.concat(
        Array.from({ length: 2 + Math.floor(random() * 4) }, () => pick(frameBytes, random)),
      );
    case 4:
      return replaced(original, pick(promises, random), random);
    case 5:
      return withId(original, Math.floor(random() * 6));
    case 6:
      return replaced(original, Buffer.from(noise(random)), random);
    default:
      return changed(original, random);
  }
}

/** A well-formed call that its server has to turn down, or to answer, by itself: the connection goes on. */
export function strangeCall(id: number, random: SeededRandom): Uint8Array {
  return frameToBytes({
    kind: "request",
    id,
    procedure: pick(procedures, random),
    timeoutMs: random() < 0.5 ? 0 : Math.ceil(random() * 50),
    metadata: random() < 0.8 ? [] : [["trace", pick(payloadBytes, random)]],
    payload: strangePayload(random),
  });
}

/** What a request carries: a value of any kind, of either encoding, as it stands or changed into another one. */
function strangePayload(random: SeededRandom): Buffer {
  const original = pick(payloadBytes, random);
  const spoilt = spoiltPayload(original, random);
  return isOneValue(spoilt) ? spoilt : original;
}

function spoiltPayload(original: Buffer, random: SeededRandom): Buffer {
  switch (Math.floor(random() * 4)) {
    case 0:
      return original;
    case 1:
      return replaced(original, pick(payloadBytes, random), random);
    default:
      return changed(original, random);
  }
}

/** Anything else ends the connection, and is for {@link mutatedFrames} to send. */
function isOneValue(payload: Buffer): boolean {
  try {
    framesFromBytes(Buffer.concat([answerHead, payload]), limits);
    return true;
  } catch {
    return false;
  }
}

/** The first message of a connection, as no client should send it. */
export function mutatedMessage(random: SeededRandom): Buffer {
  const original = pick(messageBytes, random);
  switch (Math.floor(random() * 5)) {
    case 0:
      return original; // also what only a server says
    case 1:
      return original.subarray(0, Math.floor(random() * original.length));
    case 2:
      return replaced(original, pick(jsonPieces, random), random);
    case 3:
      return Buffer.from(noise(random));
    default:
      return changed(original, random);
  }
}

const jsonPieces = [
  "[[[[[[[[",
  '"__proto__":{"a":1},',
  "1e999",
  '"\\ud800"',
  "null",
  "{}",
  "-0",
  "\u0000",
].map((text) => Buffer.from(text));

/** Some bytes changed. */
function changed(original: Buffer, random: SeededRandom): Buffer {
  const copy = Buffer.from(original);
  for (let count = 1 + Math.floor(random() * 3); count > 0 && copy.length > 0; count -= 1) {
    const at = Math.floor(random() * copy.length);
    copy[at] = random() < 0.5 ? pick(turningBytes, random) : Math.floor(random() * 256);
  }
  return copy;
}

/** A part replaced by something else, of any length. */
function replaced(original: Buffer, by: Buffer, random: SeededRandom): Buffer {
  const from = Math.floor(random() * (original.length + 1));
  const to = from + Math.floor(random() * (original.length - from + 1));
  return Buffer.concat([original.subarray(0, from), by, original.subarray(to)]);
}

/** The same frame for another call: open, over, or never opened. */
function withId(original: Buffer, id: number): Buffer {
  const copy = Buffer.from(original);
  if (copy.length > 2) copy[2] = id;
  return copy;
}

function noise(random: SeededRandom): number[] {
  return Array.from({ length: Math.floor(random() * 64) }, () => Math.floor(random() * 256));
}

function pick<Item>(items: readonly Item[], random: SeededRandom): Item {
  const item = items[Math.floor(random() * items.length)];
  if (item === undefined) throw new Error("There is nothing to pick from.");
  return item;
}

function fromHex(text: string): Buffer {
  return Buffer.from(text.replaceAll(" ", ""), "hex");
}
