/** Nightly: random pairs, values that try to refute the verdicts. `soundness [pairs] [values] [seed]`. */
import { trial } from "../test/random/trial.ts";

const [pairs = 100_000, values = 20, seed = 1] = process.argv.slice(2).map(Number);
const started = performance.now();
const verdicts = new Map<string, number>();
const reasons = new Map<string, number>();
let [sampled, refuted, altered, misread, unwitnessed, breaking, ordinary, missed] = [
  0, 0, 0, 0, 0, 0, 0, 0,
];
console.log(`soundness: ${pairs} pairs x ${values} values, seed ${seed}`);
for (let index = 0; index < pairs; index += 1) {
  const isHard = index % 2 === 1;
  const result = trial(seed + index, { isHard }, values);
  const { verdict, changes } = result.comparison;
  if (changes.some(({ rule }) => rule === "unreadable-schema")) {
    verdicts.set("unreadable", (verdicts.get("unreadable") ?? 0) + 1);
    continue;
  }
  verdicts.set(verdict, (verdicts.get(verdict) ?? 0) + 1);
  sampled += result.sampled;
  if (verdict === "breaking") breaking += 1;
  if (!isHard) ordinary += 1;
  if ("refuted" in result) {
    refuted += 1;
    console.log(
      `REFUTED seed ${result.seed}`,
      JSON.stringify([result.before, result.after, result.refuted]),
    );
  }
  if ("altered" in result) {
    altered += 1;
    if (altered <= 10) {
      const found = [result.before, result.after, result.altered];
      console.log(`ALTERED seed ${result.seed}`, JSON.stringify(found));
    }
  }
  if ("misread" in result) {
    misread += 1;
    if (misread <= 10)
      console.log(`MISREAD seed ${result.seed}`, JSON.stringify([result.before, result.misread]));
  }
  if (result.unwitnessed) {
    unwitnessed += 1;
    if (unwitnessed <= 20)
      console.log(
        `NO WITNESS seed ${result.seed}`,
        JSON.stringify([result.before, result.after, changes]),
      );
  }
  if (verdict === "undecided") {
    if (!isHard && !("counterexample" in result)) missed += 1;
    for (const change of changes) {
      if (change.verdict !== "undecided") continue;
      const reason = `${isHard ? "hard: " : "ordinary: "}${/because (.*?)\.?$/.exec(change.message)?.[1]?.slice(0, 90) ?? change.rule}`;
      reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
      if (!isHard && missed <= 12) console.log(`UNDECIDED seed ${result.seed}`, reason);
    }
  }
}
console.log(Object.fromEntries(verdicts), { sampled, refuted, altered, misread });
console.log(`breaking with a confirmed witness: ${breaking - unwitnessed} of ${breaking}`);
console.log(
  `undecided though no value refutes it, ordinary subset: ${missed} of ${ordinary} (${((100 * missed) / ordinary).toFixed(2)} %)`,
);
for (const [reason, count] of [...reasons].toSorted(([, a], [, b]) => b - a).slice(0, 20))
  console.log(`  ${count} ${reason}`);
console.log(`${((performance.now() - started) / 1000).toFixed(1)} s`);
process.exitCode = refuted + altered + misread > 0 ? 1 : 0;
