/** Closures that write objects. */
import { Choices } from "../choices.ts";
import type { WriteValue } from "../message-codec.ts";
import { carriesOthers, constantOf, isRecord, type Node, type ObjectNode } from "../node/node.ts";
import { OtherNames, otherRules } from "../other-names.ts";
import { within } from "../within.ts";
import {
  endWrite,
  type Members,
  beginObject,
  writeFields,
  writeManyFields,
  writeOptionalFields,
} from "../write/compound.ts";
import { checkClosed, beginOthers, writeName } from "../write/others.ts";
import { checkConstant } from "../write/scalar.ts";
import type { Writer } from "../write/writer.ts";
import { hasBit } from "./bits.ts";

type Inner = (node: Node) => WriteValue;

/** Of an object without optional properties. */
const noBits: readonly number[] = [];

/** Declared properties in their order, then the others. */
export function objectWriter(node: ObjectNode, inner: Inner): WriteValue {
  const optional = node.properties.filter(({ isRequired }) => !isRequired);
  const properties = node.properties.map((property) => ({
    ...property,
    write: propertyWriter(property, inner),
    place: optional.indexOf(property),
  }));
  const writeHead = headWriter(node, optional);
  const writeOthers = othersWriter(node, inner);
  return (to, value) => {
    const object = beginObject(to, value);
    const has = writeHead(to, object);
    let at = "";
    try {
      for (const { name, place, isRequired, write } of properties) {
        at = name;
        // What the head promised: a getter may say something else by now.
        if (isRequired || hasBit(has, place)) write(to, object[name]);
      }
    } catch (error) {
      throw within(error, at, object);
    }
    writeOthers(to, object);
    endWrite(to);
  };
}

function propertyWriter(
  { node, isRequired }: ObjectNode["properties"][number],
  inner: Inner,
): WriteValue {
  const constant = isRequired ? constantOf(node) : undefined;
  if (constant === undefined) return inner(node);
  const choices = new Choices(constant);
  return (_to, value) => checkConstant(value, choices);
}

/** Writes the head, and gives the bits of the optional properties that are there. */
function headWriter(
  node: ObjectNode,
  optional: ObjectNode["properties"],
): (to: Writer, object: Members) => readonly number[] {
  if (isRecord(node)) return () => noBits;
  const told = node.properties.filter(
    (property) => property.isRequired && constantOf(property.node) === undefined,
  );
  const required = told.length + (carriesOthers(node) ? 1 : 0);
  if (optional.length === 0)
    return (to) => {
      writeFields(to, required);
      return noBits;
    };
  return (to, object) => {
    const has: number[] = [];
    for (let first = 0; first < optional.length; first += 32) {
      const group = optional.slice(first, first + 32);
      has.push(
        group.reduce((bits, { name }, index) => {
          return object[name] === undefined ? bits : bits | (2 ** index);
        }, 0),
      );
    }
    if (has.length === 1) writeOptionalFields(to, required, has[0] ?? 0);
    else writeManyFields(to, required, has);
    return has;
  };
}

function othersWriter(node: ObjectNode, inner: Inner): (to: Writer, object: Members) => void {
  if (node.others === undefined) return () => undefined;
  const others = new OtherNames(otherRules(node));
  if (!carriesOthers(node)) return (_to, object) => checkClosed(object, others);
  const { matching, rest } = node.others;
  const writeMatching = matching && inner(matching.node);
  const writeRest = rest && inner(rest);
  return (to, object) => {
    let at = "";
    try {
      for (const name of beginOthers(to, object, others)) {
        at = name;
        writeName(to, name, others);
        const write = others.matches(name) ? writeMatching : writeRest;
        write?.(to, object[name]);
      }
    } catch (error) {
      throw within(error, at, object);
    }
  };
}
