/** The service that the call cases call: one procedure of each kind, and some that end badly. */
import {
  bidiStream,
  clientStream,
  ConcordatError,
  defineContract,
  serverStream,
  unary,
} from "@concordat/core";
import { implement, type Service } from "@concordat/server/portable";
import { Type } from "typebox";

const Text = Type.Object({ text: Type.String() });

export const callee = defineContract("callee", {
  echo: unary({ request: Text, response: Text }),
  count: serverStream({
    request: Type.Object({ to: Type.Integer(), bytes: Type.Integer() }),
    response: Type.String(),
  }),
  sum: clientStream({ request: Type.Integer(), response: Type.Integer() }),
  shout: bidiStream({ request: Type.String(), response: Type.String() }),
  fail: unary({ request: Text, response: Text }),
  hang: unary({ request: Text, response: Text }),
});

/** The service, and what its handlers tell beside their answers. */
export interface Callee {
  readonly service: Service;
  /** Why `hang` was aborted. */
  readonly aborted: Promise<unknown>;
  /** How many items `count` had yielded when it was stopped. */
  readonly stopped: Promise<number>;
}

/** Makes one. */
export function calleeService(): Callee {
  let tellAborted: (code: unknown) => void = nobody;
  let tellStopped: (count: number) => void = nobody;
  const aborted = new Promise<unknown>((resolve) => (tellAborted = resolve));
  const stopped = new Promise<number>((resolve) => (tellStopped = resolve));
  const service = implement(callee, {
    handlers: {
      echo(request, context) {
        context.setTrailing(context.metadata);
        return request;
      },
      async *count({ to, bytes }) {
        let at = 0;
        try {
          while (at < to) yield `${(at += 1)}${"x".repeat(bytes)}`;
        } finally {
          tellStopped(at);
        }
      },
      async sum(items) {
        let sum = 0;
        for await (const item of items) sum += item;
        return sum;
      },
      async *shout(texts) {
        for await (const text of texts) yield text.toUpperCase();
      },
      fail({ text }) {
        throw new ConcordatError("failed_precondition", text);
      },
      async hang(_request, { signal }) {
        await new Promise((resolve) => signal.addEventListener("abort", resolve, { once: true }));
        const reason: unknown = signal.reason;
        tellAborted(reason instanceof ConcordatError ? reason.code : reason);
        throw reason;
      },
    },
  });
  return { service, aborted, stopped };
}

function nobody(): void {
  // Replaced before anybody can call it.
}
