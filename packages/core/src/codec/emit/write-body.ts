/** The body of a function that writes a value. */
import {
  carriesOthers,
  constantOf,
  isRecord,
  type ListNode,
  type Node,
  type ObjectNode,
  type TupleNode,
  type UnionNode,
} from "../node/node.ts";
import type { CodeValue, CodecStatement } from "./code.ts";
import type { Emitter } from "./emitter.ts";
import { capitalized } from "./names.ts";
import { counted } from "./rules.ts";

/** The statements, with `to` and `value` given. */
export function writeBody(node: Node, wish: string, emitter: Emitter): readonly CodecStatement[] {
  switch (node.kind) {
    case "object":
      return objectBody(node, wish, emitter);
    case "list":
      return listBody(node, wish, emitter);
    case "tuple":
      return tupleBody(node, wish, emitter);
    case "union":
      return unionBody(node, wish, emitter);
    default:
      return [{ run: emitter.write(node, "value", wish) }];
  }
}

function objectBody(node: ObjectNode, wish: string, emitter: Emitter): readonly CodecStatement[] {
  const first = node.properties[0]?.name ?? "";
  const parts = [...propertyParts(node, wish, emitter), ...otherParts(node, wish, emitter)];
  const open: CodeValue = { call: "beginObject", given: ["to", "value"] };
  const closed = closedParts(node, wish, emitter);
  const isLookedAt = parts.length > 0 || closed.length > 0;
  const opening: CodecStatement = isLookedAt ? { constant: "object", is: open } : { run: open };
  const noting: CodecStatement[] = [
    { variable: "at", is: { json: first } },
    { noting: ["at", "object"], body: parts },
  ];
  return [
    opening,
    ...headParts(node),
    ...(parts.length === 0 ? [] : noting),
    ...closed,
    { run: { call: "endWrite", given: ["to"] } },
  ];
}

/** The head: how many fields follow, and which of the optional ones. */
function headParts(node: ObjectNode): readonly CodecStatement[] {
  if (isRecord(node)) return [];
  const optional = node.properties.filter(({ isRequired }) => !isRequired);
  const told = node.properties.filter(
    (property) => property.isRequired && constantOf(property.node) === undefined,
  );
  const required = { json: told.length + (carriesOthers(node) ? 1 : 0) };
  if (optional.length === 0) return [{ run: { call: "writeFields", given: ["to", required] } }];
  const groups = groupsOf(optional.length);
  const bits = optional.map(({ name }, index): CodecStatement => ({
    given: `object[${JSON.stringify(name)}] !== undefined`,
    body: [{ run: `${hasName(index, groups)} |= ${bitOf(index)}` }],
  }));
  const all = Array.from({ length: groups }, (_, group) => hasName(group * 32, groups));
  const given: readonly CodeValue[] =
    groups === 1 ? ["to", required, "has"] : ["to", required, { list: all }];
  return [
    ...all.map((name): CodecStatement => ({ variable: name, is: { json: 0 } })),
    ...bits,
    { run: { call: groups === 1 ? "writeOptionalFields" : "writeManyFields", given } },
  ];
}

/** How many sets of bits so many optional properties need. */
export function groupsOf(optional: number): number {
  return Math.ceil(optional / 32);
}

/** The name of the set of bits that a property's is in. */
export function hasName(index: number, groups: number): string {
  return groups === 1 ? "has" : `has${Math.floor(index / 32)}`;
}

/** The bit of an optional property in its set. */
export function bitOf(index: number): number {
  return 2 ** (index % 32);
}

function propertyParts(
  node: ObjectNode,
  wish: string,
  emitter: Emitter,
): readonly CodecStatement[] {
  const optional = node.properties.filter(({ isRequired }) => !isRequired);
  const groups = groupsOf(optional.length);
  return node.properties.flatMap((property, index): readonly CodecStatement[] => {
    const { name, isRequired } = property;
    const value = `object[${JSON.stringify(name)}]`;
    const inner = wish + capitalized(name);
    const constant = isRequired ? constantOf(property.node) : undefined;
    const code: CodeValue =
      constant === undefined
        ? emitter.write(property.node, value, inner)
        : { call: "checkConstant", given: [value, emitter.choices(constant, inner)] };
    const note: CodecStatement = { set: "at", to: { json: name } };
    if (!isRequired) {
      const place = optional.indexOf(property);
      const condition = `(${hasName(place, groups)} & ${bitOf(place)}) !== 0`;
      return [{ given: condition, body: [note, { run: code }] }];
    }
    return index === 0 ? [{ run: code }] : [note, { run: code }];
  });
}

function otherParts(node: ObjectNode, wish: string, emitter: Emitter): readonly CodecStatement[] {
  if (!carriesOthers(node)) return [];
  const others = emitter.others(node, wish);
  const { matching, rest } = node.others ?? {};
  const write = (each: Node | undefined, suffix: string): CodeValue | undefined =>
    each && emitter.write(each, "object[name]", wish + suffix);
  const [matched, left] = [write(matching?.node, "Match"), write(rest, "Value")];
  const value: CodecStatement =
    matched !== undefined && left !== undefined
      ? {
          given: `${others}.matches(name)`,
          body: [{ run: matched }],
          otherwise: [{ run: left }],
        }
      : { run: matched ?? left ?? "" };
  return [
    { constant: "names", is: { call: "beginOthers", given: ["to", "object", others] } },
    {
      each: "name",
      of: "names",
      body: [
        { set: "at", to: "name" },
        { run: { call: "writeName", given: ["to", "name", others] } },
        value,
      ],
    },
  ];
}

function closedParts(node: ObjectNode, wish: string, emitter: Emitter): readonly CodecStatement[] {
  if (node.others?.rest?.kind !== "never" || carriesOthers(node)) return [];
  return [{ run: { call: "checkClosed", given: ["object", emitter.others(node, wish)] } }];
}

function listBody(node: ListNode, wish: string, emitter: Emitter): readonly CodecStatement[] {
  const write = emitter.write(node.element, "items[at]", `${wish}Item`);
  return [
    { constant: "items", is: { call: "beginList", given: ["to", "value"] } },
    { constant: "count", is: counted("items.length", node.rules) },
    { variable: "at", is: { json: 0 } },
    { noting: ["at"], body: [{ count: "at", to: "count", body: [{ run: write }] }] },
    { run: { call: "endWrite", given: ["to"] } },
  ];
}

function tupleBody(node: TupleNode, wish: string, emitter: Emitter): readonly CodecStatement[] {
  const { places, rest, rules } = node;
  const each = places.flatMap((place, index): readonly CodecStatement[] => {
    const parts: CodecStatement[] = [
      ...(index === 0 ? [] : [{ set: "at", to: { json: index } }]),
      { run: emitter.write(place, `items[${index}]`, `${wish}${index}`) },
    ];
    return index < (rules.minItems ?? 0) ? parts : [{ given: `count > ${index}`, body: parts }];
  });
  const left = emitter.write(rest ?? { kind: "never" }, "items[at]", `${wish}Rest`);
  return [
    { constant: "items", is: { call: "beginList", given: ["to", "value"] } },
    { constant: "count", is: counted("items.length", rules) },
    { variable: "at", is: { json: 0 } },
    {
      noting: ["at"],
      body: [
        ...each,
        ...(places.length === 0 ? [] : [{ set: "at", to: { json: places.length } } as const]),
        { count: "at", to: "count", body: [{ run: left }] },
      ],
    },
    { run: { call: "endWrite", given: ["to"] } },
  ];
}

function unionBody(node: UnionNode, wish: string, emitter: Emitter): readonly CodecStatement[] {
  const variants = emitter.variants(node, wish);
  const among = node.alternatives.map((each, index) =>
    emitter.write(each, "value", `${wish}${node.alternatives.length === 1 ? "Value" : index}`),
  );
  return [{ choose: { call: "writeVariant", given: ["to", "value", variants] }, among }];
}
