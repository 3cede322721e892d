/** The long tests of reliability in their short forms: seconds each, through the door that their users take. */
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));

test.each([
  [
    "real processes on a network that breaks lose no call, execute none twice and leave none hanging",
    ["real-faults", "--calls", "6000", "--cuts", "8", "--kills", "2", "--clients", "2"],
    /real-faults: .* lost, twice or hanging 0;/,
  ],
  [
    "peers that send whatever they like harm neither the process nor anybody else",
    ["hostile-peers", "--inputs", "1500", "--silent", "150"],
    /hostile-peers: .* its lost connections 0;/,
  ],
  [
    "idle connections are held over their keep-alives",
    ["idle-connections", "--connections", "300", "--hold", "6000"],
    /idle-connections: connections held 300;/,
  ],
  [
    "a consumer that is slower than its producer bounds the memory of both",
    ["slow-consumer", "--megabytes", "64", "--stop", "500"],
    /slow-consumer: MB offered in each direction 64;/,
  ],
  [
    "all clients of a server that died are back when it is",
    ["accept-storm", "--clients", "100", "--absence", "300"],
    /accept-storm: clients back 100;.* refused handshakes 0;/,
  ],
])(
  "%s",
  async (_promise, command, figures) => {
    const run = promisify(execFile);
    const { stdout } = await run(process.execPath, ["tools/soak.mjs", ...command], { cwd: root });

    expect(stdout).toMatch(figures);
  },
  300_000,
);
