/** Where a client is, behind proxies that say so. */

/** An IPv6 address in brackets, with or without a port; and an IPv4 address with one. */
const bracketed = /^\[([^\]]+)\](?::\d+)?$/;
const withPort = /^(\d+\.\d+\.\d+\.\d+):\d+$/;

/**
 * The address of the client.
 *
 * @param other The other end of the socket.
 * @param forwarded `X-Forwarded-For`: each proxy adds at its end whom it was called by. Whatever stands before what the
 * trusted ones added may be made up.
 * @param trustedProxies How many of them there are, one behind the other. 0: the header is not looked at.
 */
export function clientAddress(
  other: string | undefined,
  forwarded: string | null,
  trustedProxies: number,
): string | undefined {
  if (trustedProxies === 0 || forwarded === null) return other;
  const hops = forwarded
    .split(",")
    .map((hop) => hop.trim())
    .filter((hop) => hop !== "");
  const hop = hops[Math.max(0, hops.length - trustedProxies)];
  if (hop === undefined) return other;
  return (bracketed.exec(hop) ?? withPort.exec(hop))?.[1] ?? hop;
}
