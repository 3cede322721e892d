/** grpc-js with Protocol Buffers encoded by protobuf-es. */
import { fromBinary, toBinary } from "@bufbuild/protobuf";
import {
  credentials,
  makeGenericClientConstructor,
  Server,
  ServerCredentials,
} from "@grpc/grpc-js";
import { Bench } from "../proto.mjs";
import { messageOf, nextMessage } from "../proto-values.mjs";

const definition = Object.fromEntries(
  Bench.methods.map((method) => [
    method.localName,
    {
      path: `/bench.Bench/${method.name}`,
      requestStream: false,
      responseStream: method.methodKind === "server_streaming",
      requestSerialize: (value) => Buffer.from(toBinary(method.input, value)),
      requestDeserialize: (bytes) => fromBinary(method.input, bytes),
      responseSerialize: (value) => Buffer.from(toBinary(method.output, value)),
      responseDeserialize: (bytes) => fromBinary(method.output, bytes),
    },
  ]),
);

const echo = ({ request }, answer) => answer(null, request);
const options = {
  // Clients would share one connection otherwise.
  "grpc.use_local_subchannel_pool": 1,
  "grpc.max_receive_message_length": 64 << 20,
  "grpc.max_send_message_length": 64 << 20,
};
const { input: Count } = Bench.methods.find(({ localName }) => localName === "stream");

export const peer = {
  title: "grpc-js",
  serve: (port) =>
    new Promise((resolve, reject) => {
      const server = new Server(options);
      server.addService(definition, {
        small: echo,
        order: echo,
        records: echo,
        blob: echo,
        async stream(call) {
          for (let index = 0; index < call.request.count; index += 1) {
            if (!call.write(nextMessage())) await new Promise((go) => call.once("drain", go));
          }
          call.end();
        },
      });
      server.bindAsync(`127.0.0.1:${port}`, ServerCredentials.createInsecure(), (error) =>
        error ? reject(error) : resolve(),
      );
    }),
  async connect(port) {
    const Client = makeGenericClientConstructor(definition, "Bench");
    const client = new Client(`127.0.0.1:${port}`, credentials.createInsecure(), options);
    return {
      call: (name) =>
        new Promise((resolve, reject) =>
          client[name](messageOf(name), (error, answer) =>
            error ? reject(error) : resolve(answer),
          ),
        ),
      async stream(count, each) {
        for await (const _item of client.stream({ $typeName: Count.typeName, count })) await each();
      },
      close: () => client.close(),
    };
  },
};
