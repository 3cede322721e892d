/** The names that schemas of a document give themselves, wherever they stand, as absolute addresses. */
import { below } from "./path.ts";
import { listedSchemas, namedSchemas, singleSchemas } from "./keyword.ts";
import { isRecord } from "./value.ts";

/** Stands for the address of a document that does not say its own. */
const nowhere = "schema:/";

/** A schema in a document, and the nearest schema around it that has an address of its own. */
export interface Named {
  readonly raw: unknown;
  readonly path: string;
  readonly resource?: Named;
}

/** All addresses of a document. */
export class Identifiers {
  readonly #named = new Map<string, Named>();

  constructor(root: unknown) {
    this.#walk(root, "", nowhere, undefined);
  }

  /** The schema at an address, and what of the address leads further into it. */
  find(address: string): { readonly named: Named; readonly pointer: string } | undefined {
    const exact = this.#named.get(address);
    if (exact !== undefined) return { named: exact, pointer: "" };
    const hash = address.indexOf("#");
    const named = hash < 0 ? undefined : this.#named.get(address.slice(0, hash));
    return named && { named, pointer: address.slice(hash + 1) };
  }

  #walk(raw: unknown, path: string, around: string, outer: Named | undefined): void {
    if (!isRecord(raw)) return;
    let [base, resource] = [around, outer];
    const id = idOf(raw);
    if (id !== undefined && !id.startsWith("#")) {
      base = resolved(id, around) ?? around;
      resource = { raw, path };
      if (!this.#named.has(base)) this.#named.set(base, resource);
    }
    const anchor = id?.startsWith("#") === true ? id.slice(1) : textAt(raw, "$anchor");
    const anchored = `${base}#${anchor}`;
    if (anchor !== undefined && !this.#named.has(anchored))
      this.#named.set(anchored, { raw, path, ...(resource && { resource }) });
    for (const keyword of Object.keys(raw)) {
      const value = raw[keyword];
      const inside = below(path, keyword);
      if (Array.isArray(value)) {
        if (!listedSchemas.has(keyword)) continue;
        for (const [index, part] of value.entries())
          this.#walk(part, below(inside, index), base, resource);
      } else if (singleSchemas.has(keyword)) this.#walk(value, inside, base, resource);
      else if (namedSchemas.has(keyword) && isRecord(value)) {
        for (const [name, part] of Object.entries(value))
          this.#walk(part, below(inside, name), base, resource);
      }
    }
  }
}

/** What a reference means inside of schemas with these names, from the outermost inwards. */
export function addressOf(reference: string, scopes: readonly unknown[]): string | undefined {
  let base = nowhere;
  for (const raw of scopes) {
    const id = isRecord(raw) ? idOf(raw) : undefined;
    if (id !== undefined && !id.startsWith("#")) base = resolved(id, base) ?? base;
  }
  const hash = reference.indexOf("#");
  if (hash === 0) return `${base}${reference}`;
  const address = resolved(hash < 0 ? reference : reference.slice(0, hash), base);
  return address && `${address}${hash < 0 ? "" : reference.slice(hash)}`;
}

function resolved(reference: string, base: string): string | undefined {
  try {
    const url = new URL(reference, base);
    url.hash = "";
    return url.href;
  } catch {
    return undefined;
  }
}

function idOf(raw: Readonly<Record<string, unknown>>): string | undefined {
  return textAt(raw, "$id") ?? textAt(raw, "id");
}

function textAt(raw: Readonly<Record<string, unknown>>, keyword: string): string | undefined {
  const text = Object.hasOwn(raw, keyword) ? raw[keyword] : undefined;
  return typeof text === "string" ? text : undefined;
}
