/** A contract with many releases: one procedure that stays, and one that every release renames something in. */
import {
  type DerivedAdapter,
  type ProcedureTree,
  type ReleaseDocument,
  unary,
} from "@concordat/core";
import { freeze, type ServerContract } from "@concordat/core/internal";
import { Type } from "typebox";

import type { Adapter, AdapterStep } from "../src/index.ts";

/** A contract, what lies between its releases, and a message of the procedure that changes, by release. */
export interface LongHistory {
  readonly contract: ServerContract<Record<string, (request: unknown) => unknown>>;
  readonly adapters: readonly Adapter[];
  readonly messageOf: (release: number) => unknown;
}

const lines = 8;

/** Releases 1.0.0, 2.0.0 and so on: odd ones rename a property of the order, even ones one of its lines. */
export function longHistory(releases: number): LongHistory {
  const numbers = Array.from({ length: releases }, (_, at) => at);
  let previous: string | null = null;
  const history = numbers.map((at): ReleaseDocument => {
    const document = { ...freeze("orders", treeOf(at)), release: `${at + 1}.0.0`, previous };
    previous = document.fingerprint;
    return document;
  });
  const derived: readonly DerivedAdapter[] = [];
  return {
    contract: { name: "orders", history, derived },
    adapters: numbers.slice(1).map((at) => ({
      from: `${at}.0.0`,
      to: `${at + 1}.0.0`,
      procedures: { place: { request: [stepTo(at, 1)], response: [stepTo(at, -1)] } },
    })),
    messageOf,
  };
}

/** About a kilobyte. */
function messageOf(release: number): unknown {
  const [order, line] = names(release);
  return {
    [order]: "0123456789abcdef0123456789abcdef",
    customer: { id: "c-000017", name: "Ada Lovelace", email: "ada@example.com", since: 1_815 },
    lines: Array.from({ length: lines }, (_, at) => ({
      [line]: `SKU-${at}-0123456789`,
      quantity: at + 1,
      price: 19.99 + at,
      note: "as discussed on the telephone",
    })),
    tags: ["express", "gift", "invoice"],
  };
}

function treeOf(release: number): ProcedureTree {
  return { keep: unary(message(0)), place: unary(message(release)) };
}

function message(release: number) {
  const [order, line] = names(release);
  const schema = Type.Object({
    [order]: Type.String(),
    customer: Type.Object({
      id: Type.String(),
      name: Type.String(),
      email: Type.String(),
      since: Type.Integer(),
    }),
    lines: Type.Array(
      Type.Object({
        [line]: Type.String(),
        quantity: Type.Integer({ minimum: 1 }),
        price: Type.Number(),
        note: Type.Optional(Type.String()),
      }),
    ),
    tags: Type.Array(Type.String()),
  });
  return { request: schema, response: schema };
}

function names(release: number): readonly [order: string, line: string] {
  return [`order${Math.ceil(release / 2)}`, `sku${Math.floor(release / 2)}`];
}

function stepTo(release: number, direction: 1 | -1): AdapterStep {
  const [older, newer] = [names(release - 1), names(release)];
  const part = older[0] === newer[0] ? 1 : 0;
  const at = part === 1 ? "/lines/*" : "";
  const [from, to] = direction === 1 ? [older, newer] : [newer, older];
  return { step: "rename", at, from: from[part], to: to[part] };
}
