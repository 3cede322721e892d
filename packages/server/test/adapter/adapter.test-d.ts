/** Adapters, as their author's compiler sees them. */
import { expectTypeOf, test } from "vitest";

import { type Adapter, defineAdapter } from "../../src/index.ts";

type Older = {
  readonly find: { readonly request: { readonly number: number }; readonly response: string };
  readonly stamp: { readonly request: { readonly number: number }; readonly response: string };
  readonly burn: { readonly request: object; readonly response: null };
};

type Newer = {
  readonly find: {
    readonly request: { readonly name: string };
    readonly response: { readonly title: string };
  };
  readonly mark: { readonly request: { readonly name: string }; readonly response: string };
};

test("the messages of both releases are known in every part of an adapter", () => {
  const adapter = defineAdapter<Older, Newer>({
    from: "1.0.0",
    to: "2.0.0",
    procedures: {
      find: {
        request(older) {
          expectTypeOf(older).toEqualTypeOf<{ readonly number: number }>();
          return { name: `${older.number}` };
        },
        response(newer) {
          expectTypeOf(newer).toEqualTypeOf<{ readonly title: string }>();
          return newer.title;
        },
      },
      stamp: {
        async answer(request, context, call) {
          expectTypeOf(request).toEqualTypeOf<{ readonly number: number }>();
          expectTypeOf(context.release).toEqualTypeOf<string>();
          return call("mark", { name: "" });
        },
      },
      burn: "unimplemented",
    },
  });

  expectTypeOf(adapter).toEqualTypeOf<Adapter>();
});

test("a new name decides which messages its conversion takes", () => {
  const adapter = defineAdapter<Older, Newer>({
    from: "1.0.0",
    to: "2.0.0",
    procedures: {
      stamp: {
        renamedTo: "mark",
        request: ({ number }) => ({ name: `${number}` }),
        response(newer) {
          expectTypeOf(newer).toEqualTypeOf<string>();
          return newer;
        },
      },
    },
  });

  expectTypeOf(adapter.to).toEqualTypeOf<string>();
});

const answer = (): string => "";
const request = (): { title: string } => ({ title: "" });

test("what does not fit is the compiler's to find", () => {
  const pair = { from: "1.0.0", to: "2.0.0" };

  // @ts-expect-error the newer request has a name
  defineAdapter<Older, Newer>({ ...pair, procedures: { find: { request } } });
  // @ts-expect-error 1.0.0 has no procedure of that name
  defineAdapter<Older, Newer>({ ...pair, procedures: { fnid: "unimplemented" } });
  // @ts-expect-error 2.0.0 has no procedure of that name
  defineAdapter<Older, Newer>({ ...pair, procedures: { stamp: { renamedTo: "makr" } } });
  // @ts-expect-error find is still there, and its messages would be taken for those of mark
  defineAdapter<Older, Newer>({ ...pair, procedures: { find: { renamedTo: "mark" } } });
  const answered = { answer: (): string => "", errors: {} };
  // @ts-expect-error an answer throws the older release's errors itself
  defineAdapter<Older, Newer>({ ...pair, procedures: { stamp: answered } });
  // @ts-expect-error nor is there anything beside it where the name is still there
  defineAdapter<Older, Newer>({ ...pair, procedures: { find: { answer: () => "", request } } });
  // @ts-expect-error 2.0.0 has no procedure of that name
  defineAdapter<Older, Newer>({ ...pair, procedures: { stamp: { answer, calls: ["makr"] } } });
  // @ts-expect-error a procedure that is gone cannot be projected
  defineAdapter<Older, Newer>({ ...pair, procedures: { burn: "project" } });

  expectTypeOf(defineAdapter<Older, Newer>).returns.toEqualTypeOf<Adapter>();
});
