/** For Connect what its generator would write: the service from a descriptor in base64. */
import { toBinary } from "@bufbuild/protobuf";
import { FileDescriptorProtoSchema } from "@bufbuild/protobuf/wkt";
import { Bench } from "../proto.mjs";

/** @type {import("esbuild").Plugin} */
export const connectService = {
  name: "connect-service",
  setup(build) {
    build.onResolve({ filter: /^connect-service$/ }, ({ path }) => ({ path, namespace: path }));
    build.onLoad({ filter: /./, namespace: "connect-service" }, () => {
      const bytes = toBinary(FileDescriptorProtoSchema, Bench.file.proto);
      const descriptor = Buffer.from(bytes).toString("base64");
      const contents = [
        'import { fileDesc, serviceDesc } from "@bufbuild/protobuf/codegenv2";',
        `export const Bench = serviceDesc(fileDesc(${JSON.stringify(descriptor)}), 0);`,
      ].join("\n");
      return { contents, resolveDir: import.meta.dirname };
    });
  },
};
