/** Three test projects: node, types, and browser when a Chromium is there. */
import { existsSync } from "node:fs";
import { playwright } from "@vitest/browser-playwright";
import { defineConfig, type TestProjectInlineConfiguration } from "vitest/config";
import { TallyReporter } from "./tools/tally-reporter.ts";

// Tests read the packages' sources, so they need no build.
const source = "@concordat/source";

const node: TestProjectInlineConfiguration = {
  resolve: { conditions: [source, "node", "module", "import", "default"] },
  ssr: { resolve: { conditions: [source, "node", "module", "import", "default"] } },
  test: {
    name: "node",
    include: [
      "packages/*/test/**/*.test.ts",
      "conformance/**/*.test.ts",
      "examples/*/test/**/*.test.ts",
      "docs/**/*.test.ts",
      "tools/test/**/*.test.ts",
    ],
    exclude: ["**/node_modules/**", "**/dist/**", "**/*.browser.test.ts"],
    setupFiles: ["tools/seeded.ts"],
    // For tests that hang. None may fail because the machine has something else to do.
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
};

const types: TestProjectInlineConfiguration = {
  test: {
    name: "types",
    include: [],
    typecheck: {
      enabled: true,
      only: true,
      include: ["**/test/**/*.test-d.ts"],
      tsconfig: "./tsconfig.test.json",
    },
  },
};

const chromium =
  process.env["CHROMIUM"] ??
  ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find((path) =>
    existsSync(path),
  );

function browser(executablePath: string): TestProjectInlineConfiguration {
  const args = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ];
  // Chromium refuses to start its sandbox as root.
  if (process.getuid?.() === 0) args.push("--no-sandbox");
  return {
    resolve: { conditions: [source, "browser", "module", "import", "default"] },
    test: {
      name: "browser",
      include: ["{packages,examples}/*/test/**/*.browser.test.ts"],
      browser: {
        enabled: true,
        headless: true,
        screenshotFailures: false,
        provider: playwright({ launchOptions: { executablePath, args } }),
        instances: [{ browser: "chromium" }],
      },
    },
  };
}

const projects = [node, types];
if (chromium !== undefined && existsSync(chromium)) projects.push(browser(chromium));
else
  console.log("browser tests skipped: no Chromium found; install it or set CHROMIUM to its path");

export default defineConfig({
  test: { projects, reporters: ["default", new TallyReporter()] },
});
