/** Every border of the sources stops what it is there to stop, and lets through what belongs. */
import { beforeAll, describe, expect, test } from "vitest";
import { lintFiles } from "./lint-files.ts";

const elsewhere = /may be (imported|used) elsewhere only/;

const allowed: readonly (readonly [path: string, code: string])[] = [
  ["core/src/wire/f.ts", `import { encode } from "@msgpack/msgpack"`],
  ["core/src/wire/f.ts", `import { E } from "../error/e.ts"`],
  ["core/src/wire/f.ts", `import { E } from "./e.ts"`],
  ["core/src/session/f.ts", `import { t } from "../transport/t.ts"`],
  ["core/src/index.ts", `export { r } from "./session/r.ts"`],
  ["core/src/release/fingerprint.ts", `import { sha256 } from "@noble/hashes/sha2.js"`],
  ["core/src/contract/define.ts", `import type { TSchema } from "typebox"`],
  ["core/src/session/f.ts", `const at = new Date(0)`],
  ["core/src/session/f.ts", `export function f(process: string) { return process; }`],
  ["core/src/session/f.ts", `type Timer = ReturnType<typeof setTimeout>`],
  ["server/src/upgrade/ws-upgrade.ts", `import { WebSocketServer } from "ws"`],
  ["server/src/call/f.ts", `import { s } from "../service/s.ts"`],
  ["server/src/drain/f.ts", `import { random } from "../random.ts"`],
  ["client/src/upgrade/f.ts", `import type { Client } from "../client.ts"`],
  ["compat/src/witness/f.ts", `import { check } from "../typebox.ts"`],
  ["cli/src/report/f.ts", `import { c } from "../project/c.ts"`],
  ["server/src/f.ts", `import http from "node:http"; Buffer.alloc(1);`],
  ["server/src/system-clock.ts", `export const now = () => Date.now()`],
  ["client/src/connection/random.ts", `export const random = () => Math.random()`],
  ["client/src/connect.ts", `import { x } from "@concordat/core/internal"`],
  ["compat/src/compare.ts", `import { Type } from "typebox"`],
  ["core/test/wire/frame.test.ts", `import { serve } from "@concordat/server"`],
];

const forbidden: readonly (readonly [path: string, code: string, objection: RegExp])[] = [
  ["core/src/wire/f.ts", `import { s } from "../session/s.ts"`, /may import index-name.ts, error/],
  [
    "core/src/wire/f.ts",
    `import type { s } from "../call/s.ts"`,
    /may import index-name.ts, error/,
  ],
  ["core/src/wire/f.ts", `export * from "../contract/s.ts"`, /may import index-name.ts, error/],
  ["core/src/error/f.ts", `import { s } from "../wire/s.ts"`, /may import no other layer/],
  ["core/src/error/f.ts", `import { s } from "../index.ts"`, /may import no other layer/],
  [
    "core/src/schema/f.ts",
    `import { s } from "../contract/s.ts"`,
    /may import index-name.ts, error/,
  ],
  ["core/src/contract/f.ts", `import { s } from "../release/s.ts"`, /error, wire, schema/],
  [
    "core/src/release/f.ts",
    `import { s } from "../session/s.ts"`,
    /error, schema, codec, contract/,
  ],
  [
    "core/src/release/f.ts",
    `import { s } from "../negotiation/s.ts"`,
    /error, schema, codec, contract/,
  ],
  ["core/src/negotiation/f.ts", `import { s } from "../session/s.ts"`, /core\/negotiation may/],
  ["core/src/call/f.ts", `import { s } from "../release/s.ts"`, /error, wire/],
  ["core/src/transport/f.ts", `import { s } from "../session/s.ts"`, /error, wire/],
  ["core/src/session/f.ts", `import { s } from "../release/s.ts"`, /core\/session may/],
  ["core/src/other/f.ts", `export const one = 1`, /has no layer core\/other/],
  ["server/src/service/f.ts", `import { s } from "../call/s.ts"`, /adapter, conversion/],
  ["server/src/call/f.ts", `import { c } from "../connection/c.ts"`, /server\/call may/],
  [
    "server/src/peer/f.ts",
    `import { s } from "../server.ts"`,
    /may import thenable.ts, option-value.ts, log/,
  ],
  [
    "server/src/peer/f.ts",
    `import { random } from "../random.ts"`,
    /may import thenable.ts, option-value.ts, log/,
  ],
  ["client/src/socket/f.ts", `import { c } from "../connection/c.ts"`, /may import no other layer/],
  ["client/src/connection/f.ts", `import type { c } from "../call/c.ts"`, /may import socket/],
  ["compat/src/rule/f.ts", `import { c } from "../compare/c.ts"`, /may import no other layer/],
  ["cli/src/project/f.ts", `import { r } from "../report/r.ts"`, /may import emit/],
  ["cli/src/other/f.ts", `export const one = 1`, /has no layer cli\/other/],
  ["extra/src/f.ts", `export const one = 1`, /has no package extra/],
  ["core/src/f.ts", `import { s } from "../../server/src/s.ts"`, /leaves the package/],
  ["core/src/f.ts", `import { s } from "@concordat/compat"`, /core may import no other/],
  ["compat/src/f.ts", `import { s } from "@concordat/server"`, /compat may import core/],
  ["server/src/f.ts", `import { s } from "@concordat/client"`, /server may import core/],
  ["client/src/f.ts", `import { s } from "@concordat/server"`, /client may import core/],
  ["testing/src/f.ts", `import("@concordat/cli")`, /testing may import core/],
  ["core/src/call/f.ts", `import { encode } from "@msgpack/msgpack"`, elsewhere],
  ["core/src/release/f.ts", `import { s } from "@noble/hashes/sha2.js"`, elsewhere],
  ["core/src/contract/f.ts", `import { Type } from "typebox"`, /for its types only/],
  ["core/src/wire/f.ts", `import type { TSchema } from "typebox"`, elsewhere],
  ["client/src/f.ts", `import type { TSchema } from "typebox"`, elsewhere],
  ["server/src/ws-listen.ts", `import { WebSocketServer } from "ws"`, elsewhere],
  ["client/src/f.ts", `import { WebSocket } from "ws"`, elsewhere],
  ["core/src/wire/f.ts", `import fs from "fs"`, elsewhere],
  ["client/src/f.ts", `import { readFile } from "node:fs/promises"`, elsewhere],
  ["cli/src/f.ts", `import chalk from "chalk"`, /is no dependency of the sources/],
  ["core/src/f.ts", `export const b = Buffer.alloc(1)`, elsewhere],
  ["client/src/f.ts", `export const p = process.env`, elsewhere],
  ["client/src/f.ts", `export const w = window.location`, elsewhere],
  ["client/src/f.ts", `document.title = ""`, elsewhere],
  ["server/src/f.ts", `setTimeout(() => {}, 1)`, elsewhere],
  ["client/src/f.ts", `globalThis.setTimeout(() => {}, 1)`, elsewhere],
  ["core/src/f.ts", `export const now = Date.now()`, elsewhere],
  ["core/src/f.ts", `export const now = new Date()`, elsewhere],
  ["core/src/f.ts", `export const now = performance.now()`, elsewhere],
  ["client/src/f.ts", `AbortSignal.timeout(5)`, elsewhere],
  ["client/src/system-clock.ts", `export const dice = Math.random()`, elsewhere],
  ["core/src/f.ts", `export const id = crypto.randomUUID()`, elsewhere],
  ["core/src/f.ts", `export const id = globalThis.crypto.randomUUID()`, elsewhere],
];

let messages: ReadonlyMap<string, readonly string[]>;

// The place in the list keeps apart the files that have no name of their own.
const pathOf = (path: string, index: number) =>
  `packages/${path.replace("/f.ts", `/f${index}.ts`)}`;

beforeAll(async () => {
  messages = await lintFiles(
    "borders",
    [...allowed, ...forbidden].map(([path, code], index) => ({ path: pathOf(path, index), code })),
  );
});

describe("what belongs passes", () => {
  for (const [index, [path, code]] of allowed.entries()) {
    test(`${path}: ${code}`, () => {
      expect(messages.get(pathOf(path, index))).toEqual([]);
    });
  }
});

describe("what crosses a border is stopped, saying why", () => {
  for (const [index, [path, code, objection]] of forbidden.entries()) {
    test(`${path}: ${code}`, () => {
      expect(messages.get(pathOf(path, allowed.length + index))).toEqual([
        expect.stringMatching(objection),
      ]);
    });
  }
});
