/** Everything that stands between the newest release and the older ones, one adapter for each pair of neighbours. */
import type { Adapter } from "@concordat/server";

import { from2024November } from "./from-2024-11-05.ts";
import { from2025March } from "./from-2025-03-26.ts";
import { from2025June } from "./from-2025-06-18.ts";
import { from2025November } from "./from-2025-11-25.ts";

export const adapters: readonly Adapter[] = [
  from2024November,
  from2025March,
  from2025June,
  from2025November,
];
