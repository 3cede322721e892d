/** A client that has done nothing wrong: it calls all the time, and notices when it is served worse because of others. */
import { createClient } from "@concordat/client";
import { WebSocket } from "ws";

import { orders } from "./orders.ts";

/** What it has seen. */
export interface BystanderFigures {
  readonly calls: number;
  /** How often its connection was lost. */
  readonly losses: number;
  readonly slowestMs: number;
  readonly error: string | undefined;
}

/** Often enough to notice, and seldom enough to leave the machine to those who attack. */
const pauseMs = 20;

/** Calls until nobody asks any more. */
export function bystander(port: number): () => BystanderFigures {
  let error: string | undefined;
  const figures = { calls: 0, losses: 0, slowestMs: 0 };
  const client = createClient({ url: `ws://127.0.0.1:${port}/`, contracts: { orders }, WebSocket });
  client.on("state", (state) => {
    if (state === "waiting") figures.losses += 1;
  });
  void callOn();
  return () => ({ ...figures, error });

  async function callOn(): Promise<void> {
    try {
      for (;;) {
        const began = performance.now();
        const { id } = await client.orders.place({ sku: "A-1", quantity: figures.calls });
        if (id !== `o-A-1-${figures.calls}`) throw new Error(`the order was ${id}`);
        let next = 0;
        for await (const { at } of client.orders.watch({ count: 5 })) {
          if (at !== next) throw new Error(`item ${at} came where ${next} was due`);
          next += 1;
        }
        figures.slowestMs = Math.max(figures.slowestMs, performance.now() - began);
        figures.calls += 2;
        await new Promise((resolve) => setTimeout(resolve, pauseMs));
      }
    } catch (thrown) {
      error = String(thrown);
    }
  }
}
