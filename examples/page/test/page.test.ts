/** The pages in a real browser, under a policy that forbids eval. */
import { existsSync } from "node:fs";
import { type Browser, chromium, type Page } from "playwright";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { type Pages, servePages } from "../src/serve.ts";
import { lossyProxy } from "./lossy-proxy.ts";

const executablePath =
  process.env["CHROMIUM"] ??
  ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find((path) =>
    existsSync(path),
  );

describe.runIf(executablePath !== undefined)("in Chromium", () => {
  let browser: Browser;
  let pages: Pages;
  const violations: string[] = [];

  beforeAll(async () => {
    const args = ["--disable-gpu", "--disable-quic", "--disable-background-networking"];
    if (process.getuid?.() === 0) args.push("--no-sandbox");
    const ignoreDefaultArgs = ["--disable-back-forward-cache"]; // users' browsers have one
    browser = await chromium.launch({
      executablePath: executablePath ?? "",
      args,
      ignoreDefaultArgs,
    });
    pages = await servePages(0);
  }, 60_000);

  afterAll(async () => {
    await browser.close();
    await pages.close();
  });

  async function open(path: string, base = pages.url): Promise<Page> {
    const page = await browser.newPage({ viewport: { width: 760, height: 520 } });
    page.on("console", (message) => {
      if (message.type() === "error") violations.push(message.text());
    });
    await page.goto(base + path);
    return page;
  }

  test("a current page calls and streams", async () => {
    const page = await open("/");
    await page.click("#place");
    await page.waitForSelector("#statuses li:nth-child(3)");

    expect(await page.textContent("#order")).toBe("order-1: 25 EUR");
    expect(await page.locator("#statuses li").allTextContents()).toEqual([
      "placed",
      "packed",
      "shipped",
    ]);
    expect(await page.textContent("#release")).toBe("2.0.0");
    await page.screenshot({ path: shot("current") });
    await page.close();
  });

  test("a page that its user comes back to is as it was left, and calls: no socket has kept it out of the cache", async () => {
    const page = await open("/");
    await page.click("#place");
    await page.waitForSelector("#statuses li:nth-child(3)");
    await page.goto(`${pages.url}/page.css`); // a page without a script
    await page.goBack({ waitUntil: "commit" });
    expect(await page.textContent("#order")).toBe("order-2: 25 EUR"); // of a page that was loaded anew it would be empty
    await page.click("#place");
    await page.waitForSelector("#statuses li:nth-child(6)");

    expect(await page.textContent("#state")).toBe("ready");
    await page.close();
  });

  test("a page that is too old says who has to move, from what, to what, and where", async () => {
    const page = await open("/old");
    await page.waitForSelector("#banner:not([hidden])");

    expect(await page.textContent("#banner-title")).toBe("This page is too old");
    expect(await page.textContent("#banner-text")).toContain(
      "It speaks orders 1.0.0. The server speaks 2.0.0.",
    );
    expect(await page.getAttribute("#banner-link", "href")).toBe(pages.url);
    expect(await page.textContent("#state")).toBe("refused");
    await page.screenshot({ path: shot("old") });
    await page.close();
  });

  test("a page that is too old opens one socket, and no other", async () => {
    const page = await browser.newPage();
    let sockets = 0;
    page.on("websocket", () => (sockets += 1));
    await page.goto(`${pages.url}/old`);
    await page.waitForSelector("#banner:not([hidden])");
    await page.waitForTimeout(2_500); // longer than the first redial would take

    expect(sockets).toBe(1);
    await page.close();
  });

  test("a page out of a cache reloads itself once, and then shows a banner", async () => {
    const page = await browser.newPage();
    let loads = 0;
    page.on("request", (request) => {
      if (request.isNavigationRequest()) loads += 1;
    });
    await page.goto(`${pages.url}/cached`);
    await page.waitForSelector("#banner:not([hidden])");
    await page.waitForTimeout(1_000); // as long as a loop would take for several rounds

    expect(loads).toBe(2);
    expect(await page.textContent("#banner-text")).toContain("(exhausted)");
    expect(await page.evaluate(() => sessionStorage.length)).toBe(1);
    await page.click("#reload");
    await page.waitForSelector("#banner:not([hidden])");
    expect(loads).toBe(3); // the user may
    await page.close();
  });

  test("a second tab of the same build is told by the first, and is not reloaded", async () => {
    const context = await browser.newContext();
    const [first, second] = [await context.newPage(), await context.newPage()];
    await first.goto(`${pages.url}/cached`);
    await first.waitForSelector("#banner:not([hidden])");
    await second.goto(`${pages.url}/`); // of the same site, and served
    const heard = second.evaluate(
      () =>
        new Promise((resolve) => {
          const channel = new BroadcastChannel("concordat-upgrade");
          channel.addEventListener("message", ({ data }) => resolve(data));
        }),
    );
    await second.waitForTimeout(100); // until it listens
    await first.reload();

    expect(await heard).toEqual({ concordat: "upgrade-required", build: "orders-1.0.0" });
    await context.close();
  });

  for (const loss of ["reject", "reason", "both"] as const) {
    test(`a page that is too old knows it behind a proxy that loses ${loss}`, async () => {
      const proxy = await lossyProxy(pages.url, loss);
      const page = await open("/old", proxy.url);
      await page.waitForSelector("#banner:not([hidden])");

      expect(await page.textContent("#banner-title")).toBe("This page is too old");
      expect(await page.textContent("#state")).toBe("refused");
      await page.close();
      await proxy.close();
    });
  }

  test("nothing violates a policy without eval", () => {
    expect(violations).toEqual([]);
  });
});

function shot(name: string): string {
  return new URL(`../screenshots/${name}.png`, import.meta.url).pathname;
}
