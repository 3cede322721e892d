/** The README's code, run as processes of their own. */
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";

const dist = join(import.meta.dirname, "../dist");
const running: ChildProcess[] = [];

afterEach(() => {
  for (const child of running.splice(0)) child.kill("SIGKILL");
});

test("the twenty lines print what they promise", async () => {
  expect(await run("twenty-lines.js", {})).toEqual({
    status: 0,
    stdout: "Hello, Ada!\n",
    stderr: "",
  });
});

test("a client of the newest release places an order and watches it", async () => {
  const url = await serve({});

  const { status, stdout } = await run("client.js", { ORDERS_URL: url });

  expect(stdout).toBe("order-1: 25 EUR\nplaced\npacked\nshipped\n");
  expect(status).toBe(0);
});

test("a client that is one release behind is served through the adapter", async () => {
  const url = await serve({});

  const { status, stdout } = await run("old-client.js", { ORDERS_URL: url });

  expect(stdout).toBe("order-1: 25\n");
  expect(status).toBe(0);
});

test("a client below the floor is told who has to move, from what, to what", async () => {
  const url = await serve({ FLOOR: "2.0.0" });

  const { status, stderr } = await run("old-client.js", { ORDERS_URL: url });

  expect(stderr).toContain(
    "This client speaks 1.0.0 of orders; the server serves only 2.0.0. The client has to be updated.",
  );
  expect(status).toBe(1);
});

async function serve(env: Readonly<Record<string, string>>): Promise<string> {
  const child = spawn(process.execPath, [join(dist, "server.js")], {
    env: { ...process.env, ...env, PORT: "0" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  running.push(child);
  const [line]: unknown[] = await once(child.stdout, "data");
  const url = /ws:\S+/.exec(String(line))?.[0];
  if (url === undefined) throw new Error(`The server said ${String(line)}`);
  return url;
}

function run(
  file: string,
  env: Readonly<Record<string, string>>,
): Promise<{ readonly status: number; readonly stdout: string; readonly stderr: string }> {
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      [join(dist, file)],
      { env: { ...process.env, ...env } },
      (_error, stdout, stderr) => resolve({ status: child.exitCode ?? -1, stdout, stderr }),
    );
  });
}
