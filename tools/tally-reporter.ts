/** Ends a test run with one plain line, "12 passed, 0 failed", for programs that read the output. */
import type { Reporter, SerializedError, TestModule } from "vitest/node";

/** A vitest reporter that prints the totals alone on the last line. */
export class TallyReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly SerializedError[]): void {
    let passed = 0;
    let skipped = 0;
    // An error outside of any test, and a file that could not be loaded, each count as one failure.
    let failed = errors.length;
    for (const module of modules) {
      if (module.errors().length > 0) failed += 1;
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        if (state === "passed") passed += 1;
        else if (state === "failed") failed += 1;
        else skipped += 1;
      }
    }
    const tail = skipped > 0 ? `, ${skipped} skipped` : "";
    // After the default reporter's own summary, which is printed in the same turn.
    process.once("exit", () => console.log(`${passed} passed, ${failed} failed${tail}`));
  }
}
