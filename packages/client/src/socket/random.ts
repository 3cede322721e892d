/** What masks are made of: nobody may foresee them (RFC 6455, section 5.3). */

/** Fills bytes from the machine's source of secrets. */
export function fillWithSecrets(bytes: Uint8Array<ArrayBuffer>): void {
  crypto.getRandomValues(bytes);
}
