/** The same messages as Protocol Buffers, described without a generation step. */
import { createFileRegistry, fromJson } from "@bufbuild/protobuf";
import { FileDescriptorSetSchema } from "@bufbuild/protobuf/wkt";

const string = "TYPE_STRING";
const types = {
  Small: {
    id: "TYPE_INT64",
    name: string,
    active: "TYPE_BOOL",
    score: "TYPE_DOUBLE",
    role: string,
  },
  Customer: { id: string, name: string, email: string },
  Line: {
    sku: string,
    title: string,
    quantity: "TYPE_INT32",
    unit_price: "TYPE_INT32",
    tax_rate: "TYPE_DOUBLE",
  },
  Order: {
    id: string,
    customer: "Customer",
    status: string,
    currency: string,
    placed_at: string,
    express: "TYPE_BOOL",
    note: string,
    lines: ["Line"],
    total: "TYPE_INT32",
  },
  Record: {
    id: "TYPE_INT32",
    name: string,
    city: string,
    value: "TYPE_DOUBLE",
    active: "TYPE_BOOL",
    tags: [string],
  },
  Records: { records: ["Record"] },
  Blob: { data: "TYPE_BYTES" },
  Count: { count: "TYPE_INT32" },
};

const message = ([name, fields]) => ({
  name,
  field: Object.entries(fields).map(([field, given], index) => {
    const [type] = Array.isArray(given) ? given : [given];
    const isMessage = !type.startsWith("TYPE_");
    return {
      name: field,
      number: index + 1,
      label: Array.isArray(given) ? "LABEL_REPEATED" : "LABEL_OPTIONAL",
      type: isMessage ? "TYPE_MESSAGE" : type,
      ...(isMessage ? { typeName: `.bench.${type}` } : {}),
    };
  }),
});

const method = (name, input, output, serverStreaming = false) => ({
  name,
  inputType: `.bench.${input}`,
  outputType: `.bench.${output}`,
  serverStreaming,
});

const set = fromJson(FileDescriptorSetSchema, {
  file: [
    {
      name: "bench.proto",
      package: "bench",
      syntax: "proto3",
      messageType: Object.entries(types).map(message),
      service: [
        {
          name: "Bench",
          method: [
            method("Small", "Small", "Small"),
            method("Order", "Order", "Order"),
            method("Records", "Records", "Records"),
            method("Blob", "Blob", "Blob"),
            method("Stream", "Count", "Small", true),
          ],
        },
      ],
    },
  ],
});

/** The service, and the schema of each message by its name. */
export const registry = createFileRegistry(set);
export const Bench = registry.getService("bench.Bench");

/** Names of the procedures by workload. */
export const methodOf = { small: "Small", order: "Order", records: "Records", blob: "Blob" };
