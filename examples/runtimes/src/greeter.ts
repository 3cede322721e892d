/** The contract and its service: the same file in every runtime. */
import { defineContract, serverStream, unary } from "@concordat/core";
import { implement, type Service } from "@concordat/server/portable";
import { Type } from "typebox";

export const greeter = defineContract("greeter", {
  greet: unary({ request: Type.Object({ name: Type.String() }), response: Type.String() }),
  count: serverStream({ request: Type.Object({ to: Type.Integer() }), response: Type.Integer() }),
});

export const service: Service = implement(greeter, {
  handlers: {
    greet: ({ name }) => `Hello, ${name}!`,
    async *count({ to }) {
      for (let n = 1; n <= to; n += 1) yield n;
    },
  },
});
