/** Credentials on their own, as a frame carries them: JSON text, like everything that only people and servers read. */
import { WireError } from "../wire/wire-error.ts";
import { utf8Length } from "../wire/utf8.ts";

/**
 * Credentials as text.
 *
 * @throws TypeError for what JSON cannot say.
 */
export function credentialsToText(credentials: unknown): string {
  return JSON.stringify(credentials ?? null);
}

/**
 * Credentials from a peer's text.
 *
 * @throws WireError where it is no JSON, or longer than a hello that could carry it.
 */
export function credentialsFromText(text: string, maxBytes: number): unknown {
  if (text.length > maxBytes || utf8Length(text) > maxBytes)
    throw new WireError(`credentials take more than ${maxBytes} bytes`);
  try {
    return JSON.parse(text);
  } catch {
    throw new WireError("credentials are not JSON");
  }
}
