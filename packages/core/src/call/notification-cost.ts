/** What a notification costs of the credit that bounds it. */
import type { NotificationFrame } from "../wire/frame.ts";
import { metadataBytes } from "../wire/metadata.ts";

/** Beside payload and metadata: a million empty ones take memory too. */
const baseCost = 256;

/** In bytes of credit. */
export function costOf({ payload, metadata }: NotificationFrame): number {
  return payload.length + metadataBytes(metadata) + baseCost;
}
