/** What a program without a page shows when it is too old. */
import type { UpgradeRequiredError } from "@concordat/client";

/** What a terminal shows when this program is too old: who has to move, from what, to what, and where. */
export function upgradeBanner(error: UpgradeRequiredError): string {
  const { rawMessage, release, supported, upgradeUrl, notice } = error;
  const lines = [
    "This program is too old.",
    rawMessage,
    ...(release === undefined || supported.newest === undefined
      ? []
      : [`It speaks ${release}; ${supported.newest} is served.`]),
    ...(notice?.sunset === undefined ? [] : [`Its release was served until ${notice.sunset}.`]),
    ...(upgradeUrl === undefined ? [] : [`Get a newer one: ${upgradeUrl}`]),
  ];
  const rule = "-".repeat(72);
  return [rule, ...lines, rule].join("\n");
}
