/** The messages of the workloads: the same values for every peer. */

/** A small object: five properties, a hundred bytes with keys. */
export const small = {
  id: 48_151_623,
  name: "Ada Lovelace",
  active: true,
  score: 98.6,
  role: "admin",
};

/** An order of about a kilobyte with keys. */
export const order = {
  id: "ord_8f14e45fceea167a",
  customer: { id: "cus_45c48cce2e2d7fbd", name: "Grace Hopper", email: "grace@example.org" },
  status: "placed",
  currency: "EUR",
  placedAt: "2026-03-14T15:09:26.535Z",
  express: false,
  note: "Please leave the parcel with the neighbour if nobody opens.",
  lines: Array.from({ length: 7 }, (_, index) => ({
    sku: `SKU-${1_000 + index * 37}`,
    title: `Article number ${index} of the spring catalogue`,
    quantity: index + 1,
    unitPrice: 1_299 + index * 250,
    taxRate: 0.19,
  })),
  total: 48_230,
};

/** Two thousand records: about 256 KB with keys. */
export const records = {
  records: Array.from({ length: 2_000 }, (_, index) => ({
    id: index,
    name: `record number ${index}`,
    city: ["Berlin", "Madrid", "Oslo", "Quito"][index % 4] ?? "",
    value: index * 1.25,
    active: index % 3 === 0,
    tags: ["alpha", "beta"],
  })),
};

/** A megabyte of bytes. */
export const blob = { data: new Uint8Array(1_048_576).map((_, index) => index * 31) };

export const values = { small, order, records, blob };

/**
 * What a workload sends: one of the values, or bytes in the size that it asks for.
 *
 * @param {import("./workload.mjs").Workload} workload
 */
export function valueOf({ value, bytes }) {
  return bytes === undefined ? values[value] : { data: blob.data.subarray(0, bytes) };
}

/** Items in one stream; a turn makes as many streams as fit. */
export const itemsPerStream = 100_000;

let made = 0;

/** The next item of a stream, counted: how far a server ran ahead of its consumer is what was made and not taken. */
export function nextItem() {
  made += 1;
  return small;
}

/** How many items this process has made so far. */
export function itemsMade() {
  return made;
}
