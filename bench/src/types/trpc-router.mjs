/** The same procedures as a tRPC router, of which its clients import the type. */
export function trpcRouter(count) {
  const procedures = Array.from(
    { length: count },
    (_, index) =>
      `  other${index + 1}: t.procedure.input(${input}).output(${output}).query(answer),`,
  );
  return [
    'import { initTRPC } from "@trpc/server";',
    'import { z } from "zod";',
    "",
    "const t = initTRPC.create();",
    "const answer = () => ({ total: 0, rows: [] });",
    "const router = t.router({",
    ...procedures,
    "});",
    "export type AppRouter = typeof router;",
    "",
  ].join("\n");
}

const input = `z.object({
    id: z.string(),
    filter: z.object({ text: z.string(), limit: z.number().int() }).optional(),
    order: z.enum(["newest", "oldest"]),
  })`;

const output = `z.object({
    total: z.number().int(),
    rows: z.array(z.object({ id: z.string(), title: z.string(), score: z.number() })),
    next: z.string().optional(),
  })`;
