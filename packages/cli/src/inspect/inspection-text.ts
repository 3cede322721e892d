/** What a server says about itself, for people. */
import type { Deprecation } from "@concordat/core";
import type { InspectedContract, Inspection, Refusal, Welcome } from "@concordat/core/internal";

/** An inspection, one line for each thing to know. */
export function inspectionText(url: string, welcome: Welcome, { contracts }: Inspection): string {
  const { server, wire, encoding, limits } = welcome;
  const name = [server.name, server.build].filter((part) => part !== undefined).join(" ");
  return [
    `${url}: ${name === "" ? "a server without a name" : name}, wire revision ${wire}, ${encoding}`,
    ...(contracts.length === 0 ? ["It shows no contract to this caller."] : []),
    ...contracts.flatMap(contractLines),
    `Limits: ${Object.entries(limits)
      .map(([limit, value]) => `${limit} ${value}`)
      .join(", ")}`,
  ].join("\n");
}

/** What would become of a client, in a sentence or two. */
export function welcomeText(what: string, { contracts, early }: Welcome): string {
  const [agreed] = contracts;
  if (agreed === undefined) return `${what} would be let in.`;
  const { release = "a working tree", newest, notice } = agreed;
  return [
    `${what} would be let in, and speak ${release}.`,
    ...(newest === undefined ? [] : [`The newest release here is ${newest}.`]),
    ...(notice === undefined ? [] : [`It would hear: ${noticeText(notice)}`]),
    ...(early === "accepted" ? [] : ["Its early data would be discarded."]),
  ].join("\n");
}

/** The same for one that is refused. */
export function refusalText(
  what: string,
  { closeCode, closeName, message, upgradeUrl }: Refusal,
): string {
  const where = upgradeUrl === undefined ? "" : `\nIts users are sent to ${upgradeUrl}`;
  return `${what} would be refused with ${closeCode} (${closeName}): ${message}${where}`;
}

function contractLines(contract: InspectedContract): readonly string[] {
  const { name, floor, newest, isRetired, farewell, upgradeUrl, releases } = contract;
  const range = isRetired
    ? "withdrawn"
    : newest === undefined
      ? "a working tree that was never released"
      : floor === undefined || floor === newest
        ? newest
        : `${floor} to ${newest}`;
  return [
    `${name}: ${range}${farewell === undefined ? "" : ` (${noticeText(farewell)})`}`,
    ...(upgradeUrl === undefined ? [] : [`  those who are refused are sent to ${upgradeUrl}`]),
    ...releases.flatMap(({ release, notice }) =>
      notice === undefined ? [] : [`  ${release ?? name}: ${noticeText(notice)}`],
    ),
  ];
}

function noticeText({ since, deprecated, sunset, successor, message, url }: Deprecation): string {
  const parts = [
    since === undefined ? undefined : `deprecated by ${since}`,
    deprecated === undefined ? undefined : `deprecated from ${deprecated} on`,
    sunset === undefined ? undefined : `served until ${sunset}`,
    successor === undefined ? undefined : `use ${successor}`,
    message,
    url,
  ];
  return parts.filter((part) => part !== undefined).join(", ") || "deprecated";
}
