/** What random tests of this package that are not fast-check's start from: another one each time, or `SEED`. */
export const seed = Number(process.env["SEED"] ?? Date.now());
