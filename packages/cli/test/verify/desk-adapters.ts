/** What somebody wrote between the desk's releases: steps, functions, streams, errors, and answers. */
import type { AdapterStep } from "@concordat/core";
import { type Adapter, defineAdapter } from "@concordat/server/portable";

interface OlderAnswer {
  readonly id: string;
  readonly total: number;
  readonly status: string;
  readonly memo?: string;
  readonly hint?: string;
}

interface NewerAnswer extends Omit<OlderAnswer, "total"> {
  readonly total: { readonly amount: number; readonly currency: string };
}

interface Sku {
  readonly sku: string;
}

interface Text {
  readonly text: string;
}

/** Messages that only steps are about. */
type Others = Readonly<
  Record<
    "upload" | "talk" | "typing" | "changed" | "shelf/find",
    { readonly request: unknown; readonly response: unknown }
  >
>;

/** The messages that functions are about. */
type Older = Others & {
  readonly burn: { readonly request: object; readonly response: null };
  readonly place: {
    readonly request: object;
    readonly response: OlderAnswer;
    readonly errors: { readonly sold_out: Sku; readonly limit: object };
  };
  readonly news: {
    readonly kind: "serverStream";
    readonly request: object;
    readonly response: Text;
  };
  readonly ticks: {
    readonly kind: "serverStream";
    readonly request: { readonly to: number };
    readonly response: number;
  };
};

type Newer = Others & {
  readonly place: {
    readonly request: object;
    readonly response: NewerAnswer;
    readonly errors: {
      readonly unavailable: object;
      readonly banned: object;
      readonly limit: object;
    };
  };
  readonly news: {
    readonly kind: "serverStream";
    readonly request: object;
    readonly response: { readonly words: readonly string[] };
  };
  readonly count: {
    readonly kind: "serverStream";
    readonly request: { readonly from: number; readonly to: number };
    readonly response: { readonly at: number };
  };
};

const said: readonly AdapterStep[] = [{ step: "rename", at: "", from: "text", to: "said" }];

const toArticle: AdapterStep = { step: "rename", at: "", from: "sku", to: "article" };

/** All of them. */
export const deskAdapters: readonly Adapter[] = [
  defineAdapter<Older, Newer>({
    from: "1.1.0",
    to: "2.0.0",
    procedures: {
      place: {
        request: [
          toArticle,
          { step: "map", at: "/lines", steps: [toArticle] },
          { step: "default", at: "", name: "quantity", value: 1 },
          { step: "default", at: "", name: "gift", value: false },
          {
            step: "literal",
            at: "/pay",
            values: [
              ["cash", "CASH"],
              ["card", "CARD"],
            ],
          },
        ],
        response: (newer) => ({ ...newer, total: newer.total.amount / 100 }),
        errors: {
          unavailable: {
            name: "sold_out",
            payload: [{ step: "rename", at: "", from: "article", to: "sku" }],
          },
          banned: "generic",
        },
        lost: ["/note"],
      },
      news: {
        response: {
          stream() {
            let count = 0;
            return {
              *item({ words }) {
                for (const text of words) {
                  count += 1;
                  yield { text };
                }
              },
              end: () => [{ text: `${count} words` }],
            };
          },
        },
      },
      upload: { request: said },
      talk: { request: said },
      typing: { request: said },
      changed: { response: [{ step: "rename", at: "", from: "order", to: "id" }] },
      "shelf/find": { lost: ["/hint"] },
      ticks: {
        async *answer({ to }, _context, call) {
          for await (const { at } of call("count", { from: 1, to })) yield at;
        },
      },
      burn: "unimplemented",
    },
  }),
];
