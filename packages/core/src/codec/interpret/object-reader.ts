/** Closures that read objects. */
import type { ReadValue } from "../message-codec.ts";
import { carriesOthers, constantOf, isRecord, type Node, type ObjectNode } from "../node/node.ts";
import { OtherNames, otherRules } from "../other-names.ts";
import { endRead, readFields, readManyFields, readOptionalFields } from "../read/compound.ts";
import { readName, readOthers } from "../read/others.ts";
import type { Reader } from "../read/reader.ts";
import { within } from "../within.ts";
import { hasBit } from "./bits.ts";

type Inner = (node: Node) => ReadValue;
type Members = Record<string, unknown>;

/** Declared properties in their order, then the others. */
export function objectReader(node: ObjectNode, inner: Inner): ReadValue {
  const readHead = headReader(node);
  const optional = node.properties.filter(({ isRequired }) => !isRequired);
  const properties = node.properties.map((property) => ({
    ...property,
    read: propertyReader(property, inner),
    place: optional.indexOf(property),
  }));
  const readRest = othersReader(node, inner);
  return (from) => {
    const has = readHead(from);
    const object: Members = {};
    let at = "";
    try {
      for (const { name, place, isRequired, read } of properties) {
        at = name;
        if (isRequired || hasBit(has, place)) object[name] = read(from);
      }
    } catch (error) {
      throw within(error, at);
    }
    readRest?.(from, object);
    endRead(from);
    return object;
  };
}

function propertyReader(
  { node, isRequired }: ObjectNode["properties"][number],
  inner: Inner,
): ReadValue {
  const constant = isRequired ? constantOf(node) : undefined;
  if (constant === undefined) return inner(node);
  const [value] = constant;
  return () => value;
}

function headReader(node: ObjectNode): (from: Reader) => readonly number[] {
  if (isRecord(node)) return () => [];
  const optional = node.properties.filter(({ isRequired }) => !isRequired).length;
  const told = node.properties.filter(
    (property) => property.isRequired && constantOf(property.node) === undefined,
  );
  const required = told.length + (carriesOthers(node) ? 1 : 0);
  if (optional > 32) return (from) => readManyFields(from, required, optional);
  if (optional > 0) return (from) => [readOptionalFields(from, required, optional)];
  return (from) => {
    readFields(from, required);
    return [];
  };
}

function othersReader(
  node: ObjectNode,
  inner: Inner,
): ((from: Reader, object: Members) => void) | undefined {
  if (!carriesOthers(node)) return undefined;
  const others = new OtherNames(otherRules(node));
  const { matching, rest } = node.others ?? {};
  const readMatching = matching && inner(matching.node);
  const readRest = rest && inner(rest);
  return (from, object) => {
    let at = "";
    try {
      for (let left = readOthers(from); left > 0; left -= 1) {
        at = readName(from, others, object);
        const read = others.matches(at) ? readMatching : readRest;
        object[at] = read?.(from);
      }
    } catch (error) {
      throw within(error, at);
    }
    if (!isRecord(node)) endRead(from);
  };
}
