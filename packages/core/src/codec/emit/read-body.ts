/** The body of a function that reads a value. */
import {
  carriesOthers,
  constantOf,
  isRecord,
  type ListNode,
  type Node,
  type ObjectNode,
  type PropertyNode,
  type TupleNode,
  type UnionNode,
} from "../node/node.ts";
import type { CodeValue, CodecStatement } from "./code.ts";
import type { Emitter } from "./emitter.ts";
import { capitalized, localName } from "./names.ts";
import { counted } from "./rules.ts";
import { runtime } from "./runtime.ts";
import { bitOf, groupsOf, hasName } from "./write-body.ts";

/** The statements, with `from` given. */
export function readBody(node: Node, wish: string, emitter: Emitter): readonly CodecStatement[] {
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
      return [{ give: emitter.read(node, wish) }];
  }
}

const leaving: CodecStatement = { run: { call: "endRead", given: ["from"] } };

function objectBody(node: ObjectNode, wish: string, emitter: Emitter): readonly CodecStatement[] {
  const { properties } = node;
  const first = properties[0]?.name ?? "";
  const parts = propertyParts(node, wish, emitter);
  const locals = properties.map(({ name }, index) => localOf(name, index));
  const required = properties.flatMap(({ name, node: each, isRequired }, index) => {
    const constant = constantOf(each);
    const value: CodeValue = constant === undefined ? (locals[index] ?? "") : { json: constant[0] };
    return isRequired ? [[name, value] as const] : [];
  });
  const optional = properties.flatMap(({ name, isRequired }, index): readonly CodecStatement[] =>
    isRequired
      ? []
      : [
          {
            given: `${locals[index]} !== undefined`,
            body: [{ set: `object[${JSON.stringify(name)}]`, to: locals[index] ?? "" }],
          },
        ],
  );
  const object: CodeValue = { members: required };
  const others = otherParts(node, wish, emitter);
  const isFixed = optional.length === 0 && others.length === 0;
  const ending: readonly CodecStatement[] = isFixed
    ? [leaving, { give: object }]
    : [{ constant: "object", is: object }, ...optional, ...others, leaving, { give: "object" }];
  const body = [...parts, ...ending];
  const isNoted = parts.length > 0 || others.length > 0;
  return [
    ...headParts(node),
    ...(isNoted
      ? [{ variable: "at", is: { json: first } } as const, { noting: ["at"], body } as const]
      : body),
  ];
}

function headParts(node: ObjectNode): readonly CodecStatement[] {
  if (isRecord(node)) return [];
  const optional = node.properties.filter(({ isRequired }) => !isRequired).length;
  const told = node.properties.filter(
    (property) => property.isRequired && constantOf(property.node) === undefined,
  );
  const required = { json: told.length + (carriesOthers(node) ? 1 : 0) };
  if (optional === 0) return [{ run: { call: "readFields", given: ["from", required] } }];
  const given = ["from", required, { json: optional }];
  if (groupsOf(optional) === 1)
    return [{ constant: "has", is: { call: "readOptionalFields", given } }];
  return [
    { constant: "bits", is: { call: "readManyFields", given } },
    ...Array.from({ length: groupsOf(optional) }, (_, group): CodecStatement => ({
      constant: `has${group}`,
      is: `bits[${group}] ?? 0`,
    })),
  ];
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
    if (isRequired && constantOf(property.node) !== undefined) return [];
    const read = emitter.read(property.node, wish + capitalized(name));
    const local = localOf(name, index);
    const note: CodecStatement = { set: "at", to: { json: name } };
    if (isRequired) {
      const value: CodecStatement = { constant: local, is: read };
      return index === 0 ? [value] : [note, value];
    }
    const place = optional.indexOf(property);
    const given = `(${hasName(place, groups)} & ${bitOf(place)}) !== 0`;
    return [{ variable: local }, { given, body: [note, { set: local, to: read }] }];
  });
}

function localOf(name: PropertyNode["name"], index: number): string {
  return localName(name, index, (wish) => Object.hasOwn(runtime, wish));
}

function kept(code: CodeValue): CodecStatement {
  return { set: "object[at]", to: code };
}

function otherParts(node: ObjectNode, wish: string, emitter: Emitter): readonly CodecStatement[] {
  if (!carriesOthers(node)) return [];
  const others = emitter.others(node, wish);
  const { matching, rest } = node.others ?? {};
  const matched = matching && emitter.read(matching.node, `${wish}Match`);
  const left = rest && rest.kind !== "never" ? emitter.read(rest, `${wish}Value`) : undefined;
  const value: CodecStatement =
    matched !== undefined && left !== undefined
      ? { given: `${others}.matches(at)`, body: [kept(matched)], otherwise: [kept(left)] }
      : kept(matched ?? left ?? "");
  return [
    { variable: "index", is: { json: 0 } },
    { constant: "count", is: { call: "readOthers", given: ["from"] } },
    {
      count: "index",
      to: "count",
      body: [{ set: "at", to: { call: "readName", given: ["from", others, "object"] } }, value],
    },
    ...(isRecord(node) ? [] : [leaving]),
  ];
}

function listBody(node: ListNode, wish: string, emitter: Emitter): readonly CodecStatement[] {
  const read = emitter.read(node.element, `${wish}Item`);
  return [
    { constant: "count", is: counted({ call: "readList", given: ["from"] }, node.rules) },
    { constant: "items", is: { list: [] } },
    { variable: "at", is: { json: 0 } },
    { noting: ["at"], body: [{ count: "at", to: "count", body: [push(read)] }] },
    leaving,
    { give: "items" },
  ];
}

function tupleBody(node: TupleNode, wish: string, emitter: Emitter): readonly CodecStatement[] {
  const { places, rest, rules } = node;
  const each = places.flatMap((place, index): readonly CodecStatement[] => {
    const parts: CodecStatement[] = [
      ...(index === 0 ? [] : [{ set: "at", to: { json: index } }]),
      push(emitter.read(place, `${wish}${index}`)),
    ];
    return index < (rules.minItems ?? 0) ? parts : [{ given: `count > ${index}`, body: parts }];
  });
  return [
    { constant: "count", is: counted({ call: "readList", given: ["from"] }, rules) },
    { constant: "items", is: { list: [] } },
    { variable: "at", is: { json: 0 } },
    {
      noting: ["at"],
      body: [
        ...each,
        ...(places.length === 0 ? [] : [{ set: "at", to: { json: places.length } } as const]),
        {
          count: "at",
          to: "count",
          body: [push(emitter.read(rest ?? { kind: "never" }, `${wish}Rest`))],
        },
      ],
    },
    leaving,
    { give: "items" },
  ];
}

function push(item: CodeValue): CodecStatement {
  return { run: { local: "items.push", given: [item] } };
}

function unionBody(node: UnionNode, wish: string, emitter: Emitter): readonly CodecStatement[] {
  const variants = emitter.variants(node, wish);
  const isOne = node.alternatives.length === 1;
  const among = node.alternatives.map((each, index): CodeValue => {
    const read = emitter.read(each, `${wish}${isOne ? "Value" : index}`);
    return isOne ? read : { call: "endVariant", given: ["from", read] };
  });
  const isNullable = node.telling?.isNullable === true;
  return [
    {
      choose: { call: "readVariant", given: ["from", variants] },
      among: isNullable ? among : among.slice(0, -1),
      otherwise: isNullable ? "null" : (among.at(-1) ?? { call: "readNever", given: ["from"] }),
    },
  ];
}
