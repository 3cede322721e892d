/** A shop with two releases, what stands between them, and servers of it that are not what they say. */
import {
  type ProcedureDocument,
  type ProcedureTree,
  type ReleaseDocument,
  unary,
} from "@concordat/core";
import { freeze } from "@concordat/core/internal";
import type { Adapter } from "@concordat/server";
import * as kit from "@concordat/server/portable";
import * as Type from "typebox";

import type { Finding } from "../../src/verify/law.ts";
import type { ServerKit } from "../../src/verify/server-kit.ts";
import { verifyContract } from "../../src/verify/verify-contract.ts";

export const Id = Type.Object({ id: Type.String(), memo: Type.Optional(Type.String()) });
const errors = { gone: Type.Object({ sku: Type.String() }) };

const hinted = Type.Object({ ...Id.properties, hint: Type.Optional(Type.String()) });

function placeWith(name: string, response: Type.TSchema): ProcedureTree {
  const line = Type.Object({ [name]: Type.String(), count: Type.Integer() });
  const note = Type.Optional(Type.String());
  const request = Type.Object({ [name]: Type.String(), note, lines: Type.Array(line) });
  return { place: unary({ request, response, errors }) };
}

export function releaseOf(release: string, tree: ProcedureTree): ReleaseDocument {
  return { ...freeze("shop", tree), release, previous: null };
}

export const history = [
  releaseOf("1.0.0", placeWith("sku", Id)),
  releaseOf("2.0.0", placeWith("article", hinted)),
];

/** With a third release, which changes as much again. */
export const longer = [...history, releaseOf("3.0.0", placeWith("number", hinted))];

const onward: Adapter = {
  from: "2.0.0",
  to: "3.0.0",
  procedures: {
    place: {
      request: [
        { step: "rename", at: "", from: "article", to: "number" },
        { step: "rename", at: "/lines/*", from: "article", to: "number" },
      ],
    },
  },
};

interface Line {
  readonly sku: string;
  readonly count: number;
}

export interface Request {
  readonly sku: string;
  readonly note?: string;
  readonly lines: readonly Line[];
}

export function article({ sku, count }: Line): object {
  return { article: sku, count };
}

export function right({ sku, lines, ...rest }: Request): object {
  return { ...rest, article: sku, lines: lines.map(article) };
}

/** The member of an adapter whose function makes requests. */
export function made(request: (older: Request) => object, more: object = {}): object {
  return { request, ...more };
}

/** What is done to what the server is made of, behind the back of whoever verifies. */
export type Tamper = (parts: Parts) => Parts;

interface Parts {
  readonly contract: Parameters<ServerKit["implement"]>[0];
  readonly implementation: Parameters<ServerKit["implement"]>[1];
}

export async function findings(
  place: unknown = made(right),
  tamper: Tamper = (parts) => parts,
  releases = history,
): Promise<readonly Finding[]> {
  // What no type allows is what is tried here.
  const adapter = { from: "1.0.0", to: "2.0.0", procedures: { place } } as Adapter;
  const adapters = [adapter, onward].filter(({ to }) =>
    releases.some(({ release }) => release === to),
  );
  const tampered: ServerKit = {
    createServer: kit.createServer,
    implement(contract, implementation) {
      const parts = tamper({ contract, implementation });
      return kit.implement(parts.contract, parts.implementation);
    },
  };
  const subject = { contract: "shop", history: releases, adapters, derived: [] };
  return (await verifyContract(subject, tampered, { seed: 1, values: 6 })).findings;
}

export type Handler = (request: object, context: object) => unknown;

/** Another handler in the place of the one that verifying has. */
export function handledBy(wrap: (own: Handler) => Handler): Tamper {
  return ({ contract, implementation }) => {
    const { place } = implementation.handlers as { readonly place: Handler }; // of this history
    return { contract, implementation: { ...implementation, handlers: { place: wrap(place) } } };
  };
}

/** Another procedure in one release of the server. */
export function servedAs(release: string, change: Partial<ProcedureDocument>): Tamper {
  return ({ contract, implementation }) => ({
    contract: {
      ...contract,
      history: contract.history.map((each) => changed(each, release, change)),
    },
    implementation,
  });
}

export function changed(
  document: ReleaseDocument,
  release: string,
  change: Partial<ProcedureDocument>,
): ReleaseDocument {
  const { place } = document.procedures;
  if (document.release !== release || place === undefined) return document;
  return { ...document, procedures: { place: { ...place, ...change } } };
}

/** Another adapter than the one that was handed over. */
export function adaptedBy(place: object | "unimplemented"): Tamper {
  return ({ contract, implementation }) => ({
    contract,
    implementation: {
      ...implementation,
      adapters: (implementation.adapters ?? []).map(({ from, to }) => ({
        from,
        to,
        procedures: { place },
      })),
    },
  });
}

/** A floor of the server's own. */
export function flooredAt(floor: string): Tamper {
  return ({ contract, implementation }) => ({
    contract,
    implementation: { ...implementation, floor },
  });
}
