/** Reading the handshake's JSON messages: every member is the peer's, so each is looked at before it is used. */
import { present } from "../error/present.ts";
import { utf8Length } from "../wire/utf8.ts";

/** A JSON object of a peer. Members are read through {@link text} and its siblings only. */
export type JsonMessage = Readonly<Record<string, unknown>>;

/** A handshake message that cannot be understood; the sentence says why. */
export class HandshakeFault extends Error {
  override name = "HandshakeFault";
}

/**
 * The JSON object in a text message.
 *
 * @throws HandshakeFault for anything else, and for a text over `maxBytes`.
 */
export function jsonMessage(message: string | Uint8Array, maxBytes: number): JsonMessage {
  if (typeof message !== "string")
    throw new HandshakeFault("the first message is binary; it has to be JSON text");
  // A unit of UTF-16 takes at most three bytes of UTF-8, so most messages need not be measured.
  if (
    message.length > maxBytes ||
    (message.length * 3 > maxBytes && utf8Length(message) > maxBytes)
  ) {
    throw new HandshakeFault(`the handshake message is over ${maxBytes} bytes`);
  }
  let parsed: unknown;
  try {
    parsed = JSON.parse(message);
  } catch {
    // It is no object either.
  }
  if (!isObject(parsed)) throw new HandshakeFault("the first message is not a JSON object");
  return parsed;
}

/** Of texts for people: a longer one is none. */
export const longestText = 2_000;

/** A member that is a text of at most `max` characters, or `undefined`. */
export function text(message: JsonMessage, name: string, max = longestText): string | undefined {
  const value = member(message, name);
  return typeof value === "string" && value.length <= max ? value : undefined;
}

/** Those of some members that are texts of at most `max` characters. */
export function textsOf<Name extends string>(
  message: JsonMessage,
  names: readonly Name[],
  max?: number,
): { readonly [Each in Name]?: string } {
  const entries = names.map((name) => [name, text(message, name, max)] as const);
  // One entry for each name, and none that is no text.
  return present(Object.fromEntries(entries)) as { readonly [Each in Name]?: string };
}

/** A member that is a number not below 0, or `undefined`. */
export function amount(message: JsonMessage, name: string): number | undefined {
  const value = member(message, name);
  return typeof value === "number" && Number.isFinite(value) && value >= 0 ? value : undefined;
}

/** A member that counts something, or `undefined`. */
export function count(message: JsonMessage, name: string): number | undefined {
  const value = amount(message, name);
  return Number.isSafeInteger(value) ? value : undefined;
}

/** A member that is a list, or an empty one. */
export function list(message: JsonMessage, name: string): readonly unknown[] {
  const value = member(message, name);
  return Array.isArray(value) ? value : [];
}

/** The texts of a member that is a list. */
export function texts(message: JsonMessage, name: string): readonly string[] {
  return list(message, name).filter((value) => typeof value === "string");
}

/** A member that is an object, or an empty one. */
export function object(message: JsonMessage, name: string): JsonMessage {
  const value = member(message, name);
  return isObject(value) ? value : {};
}

/** Any member; own ones only, because `message.constructor` is not something that the peer said. */
export function member(message: JsonMessage, name: string): unknown {
  return Object.hasOwn(message, name) ? message[name] : undefined;
}

/** Whether a value is a JSON object. */
export function isObject(value: unknown): value is JsonMessage {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A text only where it is an address that a person may be sent to: a peer must not choose `javascript:`. */
export function webUrl(url: string | undefined): string | undefined {
  return url !== undefined && /^https?:\/\/\S+$/i.test(url) ? url : undefined;
}
