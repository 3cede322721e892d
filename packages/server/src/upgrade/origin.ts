/** Which pages may connect: a browser sends its cookies wherever a page asks it to. */

/**
 * Who may connect from a browser.
 *
 * `"same-host"` (the default): pages of the host that the client dialled, on any port. A list: these origins,
 * exactly (`https://app.example`). `"any"`: everybody, for servers that identify nobody by cookies.
 */
export type AllowedOrigins = "same-host" | "any" | readonly string[];

/** Whether a connection with this `Origin` may be served. Programs that are no browsers send none, and may. */
export function isOriginAllowed(
  allowed: AllowedOrigins,
  origin: string | undefined,
  host: string | undefined,
): boolean {
  if (origin === undefined || allowed === "any") return true;
  if (allowed !== "same-host") return allowed.includes(origin);
  const originHost = hostOf(origin);
  return originHost !== undefined && originHost === hostOf(`http://${host}`);
}

/** The host of an address without its port; `undefined` for whatever is no address. */
function hostOf(address: string): string | undefined {
  try {
    return new URL(address).hostname;
  } catch {
    return undefined;
  }
}
