/** Where a `$ref` leads: a JSON pointer, an anchor, or the bare name that TypeBox gives to a recursive type. */
import { addressOf } from "./identifier.ts";
import type { SchemaDocument, SchemaNode } from "./node.ts";
import { below } from "./path.ts";
import { isRecord } from "./value.ts";

const stores = ["$defs", "definitions"] as const;

/** What of a schema counts. */
export function heard(
  raw: Readonly<Record<string, unknown>>,
  document: SchemaDocument,
): Readonly<Record<string, unknown>> {
  const isSole = Object.hasOwn(raw, "$ref") && document.hasSoleReferences;
  return isSole ? { $ref: raw["$ref"] } : raw;
}

/** The schema that a reference means, or a sentence saying why there is none. */
export function follow(reference: string, from: SchemaNode): SchemaNode | string {
  const near = nearby(reference, from);
  return typeof near === "string" ? (elsewhere(reference, from) ?? near) : near;
}

/** The schema at the address that a reference means, wherever in the document it is embedded. */
function elsewhere(reference: string, from: SchemaNode): SchemaNode | undefined {
  const { document } = from;
  const scopes: unknown[] = [];
  for (let scope: SchemaNode | undefined = from; scope !== undefined; scope = scope.parent)
    scopes.unshift(scope.raw);
  const address = addressOf(reference, [document.root, ...scopes]);
  const found = address === undefined ? undefined : document.identifiers.find(address);
  if (found === undefined) return undefined;
  const { raw, path, resource } = found.named;
  const node = document.at(raw, path, resource && document.at(resource.raw, resource.path));
  if (found.pointer === "") return node;
  const part = found.pointer.startsWith("/") ? partAt(found.pointer, node) : undefined;
  return typeof part === "object" ? part : undefined;
}

function nearby(reference: string, from: SchemaNode): SchemaNode | string {
  const { root } = from.document;
  const hash = reference.indexOf("#");
  const base = hash < 0 ? reference : reference.slice(0, hash);
  const fragment = hash < 0 ? "" : reference.slice(hash + 1);
  const resource = base === "" ? resourceOf(from) : undefined;
  if (base === "" || (isRecord(root) && isIdOf(root, base))) {
    if (fragment === "") return resource ?? from.document.at(root, "");
    return fragment.startsWith("/") ? atPointer(fragment, from, resource) : named(fragment, from);
  }
  if (hash < 0) return named(base, from);
  return `${JSON.stringify(reference)} is not in this document; only local references can be compared.`;
}

/** The schema inside the document that has an identifier of its own: its references start there, not at the root. */
function resourceOf(from: SchemaNode): SchemaNode | undefined {
  for (let scope: SchemaNode | undefined = from; scope !== undefined; scope = scope.parent) {
    if (isResource(scope.raw) && scope.raw !== scope.document.root) return scope;
  }
  return undefined;
}

function isResource(raw: unknown): boolean {
  if (!isRecord(raw)) return false;
  return ["$id", "id"].some((keyword) => {
    const id = Object.hasOwn(raw, keyword) ? raw[keyword] : undefined;
    return typeof id === "string" && !id.startsWith("#");
  });
}

/** TypeBox names schemas by `$id` and still writes references from the root: where the one leads nowhere, the other may. */
function atPointer(
  pointer: string,
  from: SchemaNode,
  resource: SchemaNode | undefined,
): SchemaNode | string {
  const near = resource && partAt(pointer, resource);
  if (typeof near === "object") return near;
  return partAt(pointer, from.document.at(from.document.root, ""));
}

function partAt(pointer: string, start: SchemaNode): SchemaNode | string {
  let place = start.raw;
  let path = start.path;
  let scope = start;
  for (const step of pointer.slice(1).split("/")) {
    const name = nameOf(step);
    const parts: unknown = place;
    if (Array.isArray(parts) && /^\d{1,9}$/.test(name)) place = parts[Number(name)];
    else if (isRecord(parts) && Object.hasOwn(parts, name)) place = parts[name];
    else return `There is nothing at ${JSON.stringify(`#${pointer}`)}.`;
    path += `/${step}`;
    if (isResource(place)) scope = start.document.at(place, path, scope);
  }
  if (typeof place !== "boolean" && !isRecord(place)) {
    return `What is at ${JSON.stringify(`#${pointer}`)} is no schema.`;
  }
  return start.document.at(place, path, scope);
}

function nameOf(step: string): string {
  const plain = step.replaceAll("~1", "/").replaceAll("~0", "~");
  try {
    return decodeURIComponent(plain);
  } catch {
    return plain;
  }
}

function named(name: string, from: SchemaNode): SchemaNode | string {
  for (let scope: SchemaNode | undefined = from; scope !== undefined; scope = scope.parent) {
    const found = declaredIn(scope.raw, scope.path, name);
    if (found !== undefined) return from.document.at(found.raw, found.path, scope);
  }
  const { root } = from.document;
  const found = declaredIn(root, "", name);
  if (found !== undefined) return from.document.at(found.raw, found.path);
  return `No schema of this document is called ${JSON.stringify(name)}.`;
}

function declaredIn(
  raw: unknown,
  path: string,
  name: string,
): { raw: unknown; path: string } | undefined {
  if (!isRecord(raw)) return undefined;
  if (isIdOf(raw, name)) return { raw, path };
  for (const store of stores) {
    const definitions = Object.hasOwn(raw, store) ? raw[store] : undefined;
    if (!isRecord(definitions)) continue;
    for (const [key, definition] of Object.entries(definitions)) {
      if (isRecord(definition) && isIdOf(definition, name)) {
        return { raw: definition, path: below(path, store, key) };
      }
    }
  }
  return undefined;
}

function isIdOf(schema: Readonly<Record<string, unknown>>, name: string): boolean {
  return ["$id", "id", "$anchor"].some((keyword) => {
    const id = Object.hasOwn(schema, keyword) ? schema[keyword] : undefined;
    return id === name || id === `#${name}` || id === `${name}#`;
  });
}
