/** The values of the workloads as Protocol Buffers messages, made once. */
import { create } from "@bufbuild/protobuf";
import { registry } from "./proto.mjs";
import { nextItem, values } from "./values.mjs";

const schema = (name) => registry.getMessage(`bench.${name}`);
const { small, order, records, blob } = values;

const smallMessage = create(schema("Small"), { ...small, id: BigInt(small.id) });

const messages = {
  small: smallMessage,
  order: create(schema("Order"), {
    ...order,
    customer: create(schema("Customer"), order.customer),
    lines: order.lines.map((line) => create(schema("Line"), line)),
  }),
  records: create(schema("Records"), {
    records: records.records.map((record) => create(schema("Record"), record)),
  }),
  blob: create(schema("Blob"), blob),
};

/** @param {keyof typeof messages} name */
export function messageOf(name) {
  return messages[name];
}

/** The next item of a stream, as a message. */
export function nextMessage() {
  nextItem();
  return smallMessage;
}
