/** What is known about the formats that TypeBox checks: texts of each, and which is part of which. */

/** Pairs where every text of the first is one of the second, shown in the tests against TypeBox's own checks. */
const parts: ReadonlySet<string> = new Set([
  "email idn-email",
  "hostname idn-hostname",
  "uri iri",
  "uri uri-reference",
  "uri iri-reference",
  "uri-reference iri-reference",
  "iri iri-reference",
]);

/** Whether every text of one format is known to be a text of another. */
export function isPartOf(format: string, other: string): boolean {
  return format === other || parts.has(`${format} ${other}`);
}

const samples: ReadonlyMap<string, readonly string[]> = new Map([
  ["date-time", ["2024-02-29T12:30:00Z", "1999-12-31T23:59:59.5+01:00"]],
  ["date", ["2024-02-29", "1999-12-31"]],
  ["time", ["12:30:00Z", "23:59:59.5+01:00"]],
  ["duration", ["P1D", "PT1H", "P1Y2M3DT4H5M6S"]],
  ["email", ["a@b.co", "first.last@example.org"]],
  ["idn-email", ["a@b.co", "é@example.org"]],
  ["hostname", ["a", "example.org", "a-b.c"]],
  ["idn-hostname", ["a", "exämple.org"]],
  ["ipv4", ["127.0.0.1", "255.255.255.255"]],
  ["ipv6", ["::1", "2001:db8::8a2e:370:7334"]],
  ["uri", ["a:b", "https://example.org/a?b=c#d", "urn:isbn:1"]],
  ["uri-reference", ["a", "/a/b?c", "#d", "https://example.org"]],
  ["iri", ["a:b", "https://exämple.org/ü"]],
  ["iri-reference", ["a", "/ü"]],
  ["url", ["https://example.org", "http://a.b/c"]],
  ["uri-template", ["a", "/a/{b}"]],
  ["uuid", ["123e4567-e89b-12d3-a456-426614174000"]],
  ["json-pointer", ["", "/a", "/a/0/b~1c"]],
  ["json-pointer-uri-fragment", ["#", "#/a"]],
  ["relative-json-pointer", ["0", "1/a", "0#"]],
  ["regex", ["a", "^a+$"]],
]);

/** Some texts of a format; none for an unknown one. */
export function samplesOf(format: string): readonly string[] {
  return samples.get(format) ?? [];
}
