/** Formats of network and mail addresses. */

const byte = String.raw`(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)`;
const dotted = String.raw`(?:${byte}\.){3}${byte}`;
const ipv4 = new RegExp(`^${dotted}$`);
const group = /^[0-9a-f]{1,4}$/i;

/** `192.0.2.1`. */
export function isIpv4(text: string): boolean {
  return ipv4.test(text);
}

/** `2001:db8::1`, `::ffff:192.0.2.1`. */
export function isIpv6(text: string): boolean {
  const [head = "", tail, ...more] = text.split("::");
  if (more.length > 0) return false;
  const last = tail ?? head;
  const groups = [...groupsOf(tail === undefined ? "" : head, false), ...groupsOf(last, true)];
  if (!groups.every((each) => group.test(each))) return false;
  return tail === undefined ? groups.length === 8 : groups.length <= 7;
}

/** The groups of one side; an IPv4 address at the very end counts as two. */
function groupsOf(side: string, isEnd: boolean): string[] {
  if (side === "") return [];
  const groups = side.split(":");
  const last = groups.at(-1) ?? "";
  return isEnd && isIpv4(last) ? [...groups.slice(0, -1), "0", "0"] : groups;
}

const hostLabel = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/i;

/**
 * `api.example`.
 *
 * A label in Punycode is looked at as ASCII only: whether its letters are allowed takes tables that have no
 * place in a browser's bundle.
 */
export function isHostname(text: string): boolean {
  return text.length <= 253 && text.split(".").every(isHostLabel);
}

function isHostLabel(label: string): boolean {
  if (!hostLabel.test(label)) return false;
  return label.slice(2, 4) !== "--" || label.slice(0, 4).toLowerCase() === "xn--";
}

const word = "[a-z0-9!#$%&'*+/=?^_`{|}~-]+";
const quoted = String.raw`"(?:[^"\\]|\\[\x20-\x7e])*"`;
const mailLabel = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";
const mailDomain = String.raw`${mailLabel}(?:\.${mailLabel})*|\[(?:IPv6:[a-f0-9:]+|${dotted})\]`;
const email = new RegExp(String.raw`^(?:${word}(?:\.${word})*|${quoted})@(?:${mailDomain})$`, "i");

/** `ada@example.org`. */
export function isEmail(text: string): boolean {
  return email.test(text);
}
