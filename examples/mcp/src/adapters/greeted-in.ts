/** The greeting of a server in an older revision: it names the one that is spoken. */
import type { AdapterStep } from "@concordat/server";

/** What makes an older `initialize` result of a newer one. */
export function greetedIn(revision: string): readonly AdapterStep[] {
  return [{ step: "constant", at: "", name: "protocolVersion", value: revision }];
}
