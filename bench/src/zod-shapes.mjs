/** The same messages in zod, for the peers that check with it. */
import { z } from "zod";

export const small = z.object({
  id: z.number().int(),
  name: z.string(),
  active: z.boolean(),
  score: z.number(),
  role: z.enum(["admin", "member", "guest"]),
});

export const order = z.object({
  id: z.string(),
  customer: z.object({ id: z.string(), name: z.string(), email: z.string() }),
  status: z.enum(["placed", "packed", "shipped"]),
  currency: z.string().length(3),
  placedAt: z.string(),
  express: z.boolean(),
  note: z.string().max(500).optional(),
  lines: z.array(
    z.object({
      sku: z.string(),
      title: z.string(),
      quantity: z.number().int().min(1),
      unitPrice: z.number().int().min(0),
      taxRate: z.number().min(0).max(1),
    }),
  ),
  total: z.number().int().min(0),
});

export const records = z.object({
  records: z.array(
    z.object({
      id: z.number().int(),
      name: z.string(),
      city: z.string(),
      value: z.number(),
      active: z.boolean(),
      tags: z.array(z.string()),
    }),
  ),
});

export const blobText = z.object({ data: z.string() });
export const blobBytes = z.object({ data: z.instanceof(Uint8Array) });
export const count = z.object({ count: z.number().int() });
