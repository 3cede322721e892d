/** `reject`, server to client: why there is no connection. Frozen for ever. The close that follows says the same in short. */
import { present } from "../error/present.ts";
import type { Refusal } from "../negotiation/refusal.ts";
import { moverFrom } from "../negotiation/refusal-reason.ts";
import { classifyClose } from "../wire/close-classification.ts";
import { amount, type JsonMessage, object, text, texts, textsOf, webUrl } from "./json-message.ts";
import { deprecationIn } from "./notice.ts";

/** A refusal as JSON text. */
export function rejectToText(refusal: Refusal): string {
  return JSON.stringify({ concordat: "reject", ...refusalToJson(refusal) });
}

/** The members of a `reject`, which are also those of the problem document of an HTTP 426. */
export function refusalToJson(refusal: Refusal): JsonMessage {
  const { closeCode: code, closeName: name, ...rest } = refusal;
  return { code, name, ...rest };
}

/** A refusal from the JSON of a `reject` or of a problem document; `undefined` where it has no code. */
export function refusalFromJson(json: JsonMessage): Refusal | undefined {
  const code = amount(json, "code");
  if (code === undefined) return undefined;
  const supported = object(json, "supported");
  const name = classifyClose(code).name;
  return present({
    closeCode: code,
    closeName: name,
    message: text(json, "message") ?? `The server refused the connection: ${name}.`,
    contract: text(json, "contract"),
    offered: texts(json, "offered"),
    supported: {
      ...textsOf(supported, ["floor", "newest"]),
      releases: texts(supported, "releases"),
    },
    mustMove: moverFrom(text(json, "mustMove")),
    upgradeUrl: webUrl(text(json, "upgradeUrl")),
    retryAfterMs: amount(json, "retryAfterMs"),
    notice: deprecationIn(json, "notice"),
  });
}
