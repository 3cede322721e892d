/** With `SEED` set, every random test starts from it: the same sources and the same seed, the same verdict. */
const seed = process.env["SEED"];
if (seed !== undefined) {
  const fc = await import("fast-check");
  fc.configureGlobal({ seed: Number(seed) });
}
