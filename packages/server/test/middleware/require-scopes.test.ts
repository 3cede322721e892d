/** What a contract says that callers need, asked of callers of any age. */
import { ConcordatError, unary } from "@concordat/core";
import { Type } from "typebox";
import { expect, test } from "vitest";

import { implement, requireScopes } from "../../src/index.ts";
import { rejecting } from "../fixture/hostile.ts";
import { historyOf, offersOf } from "../fixture/library-history.ts";
import { Stage } from "../fixture/stage.ts";

const empty = { request: Type.Object({}), response: Type.Null() };
const history = historyOf("talks", [
  ["1.0.0", { ask: unary(empty), say: unary(empty), shout: unary(empty) }],
  [
    "2.0.0",
    {
      ask: unary(empty),
      speak: unary({ ...empty, auth: ["talks:write", "talks:loud"] }),
      hush: unary({ ...empty, auth: ["talks:hush"] }),
    },
  ],
]);

/** How a call ends of a client of some release that has these scopes. */
async function ended(release: string, procedure: string, ...scopes: string[]): Promise<unknown> {
  return endedWith(() => scopes, release, procedure);
}

/** The same for who is asked otherwise. */
async function endedWith(
  held: Parameters<typeof requireScopes>[0],
  release: string,
  procedure: string,
): Promise<unknown> {
  const talks = implement(
    { name: "talks", history },
    {
      handlers: { ask: () => null, speak: () => null, hush: () => null },
      adapters: [
        {
          from: "1.0.0",
          to: "2.0.0",
          procedures: {
            say: { renamedTo: "speak" },
            shout: {
              calls: ["ask", "hush"],
              answer: (_request, _context, call) => call("ask", {}),
            },
          },
        },
      ],
    },
  );
  const stage = new Stage({
    services: [talks],
    middleware: [requireScopes(held)],
  });
  const contract = { name: "talks", offers: offersOf(history, release), optional: false };
  try {
    return await stage.caller({ contracts: [contract] }).unary(`talks/${procedure}`, {}).done;
  } catch (error) {
    return error instanceof ConcordatError ? error.message : error;
  }
}

test("a caller needs every scope that the contract names", async () => {
  expect(await ended("2.0.0", "ask")).toBe(null);
  expect(await ended("2.0.0", "speak", "talks:write", "talks:loud")).toBe(null);
  expect(await ended("2.0.0", "speak", "talks:write")).toBe(
    "[permission_denied] talks/speak needs the scope talks:loud.",
  );
});

test("the newest release says what a call of an older one needs", async () => {
  expect(await ended("1.0.0", "say", "talks:write", "talks:loud")).toBe(null);
  expect(await ended("1.0.0", "say", "talks:loud")).toBe(
    "[permission_denied] talks/say needs the scope talks:write.",
  );
});

test("a call that an adapter answers needs what each of the procedures needs that it may call", async () => {
  expect(await ended("1.0.0", "shout", "talks:hush")).toBe(null);
  expect(await ended("1.0.0", "shout", "talks:write")).toBe(
    "[permission_denied] talks/shout needs the scope talks:hush.",
  );
});

test("scopes that are promised let nobody in, and end no process where they are rejected", async () => {
  const held = rejecting as () => readonly string[]; // as JavaScript may

  expect(await endedWith(held, "2.0.0", "speak")).toBe(
    "[internal] The server failed on this call; its log says why.",
  );
});
