/** `concordat inspect`: ask a running server what it speaks. */
import { isContractName, isReleaseNumber } from "@concordat/core/internal";

import { bearing } from "../inspect/bearing.ts";
import { fingerprintOfRelease } from "../inspect/known-fingerprint.ts";
import { inspectionText, refusalText, welcomeText } from "../inspect/inspection-text.ts";
import { type Caller, greet } from "../inspect/greeting.ts";
import { UnusableInput } from "../project/unusable-input.ts";
import type { Report } from "../report/report.ts";
import { defineCommand } from "./command.ts";

export const inspect = defineCommand({
  name: "inspect",
  summary: "Ask a running server what it speaks.",
  details: [
    'Prints contracts, releases, floors, notices and limits. The server answers only where its option "inspect" says so, and after the same authentication as for every client. No call is made.',
    "With --as it shakes hands as a client of that release would, and says what would become of it: let in, with which notice, or refused, and who has to move. The release is taken from this project where it has it, else the server is asked for its fingerprint.",
    "A refusal that is about releases ends with status 1; a server that cannot be reached, that is no Concordat, that does not know the caller or may not be asked, with status 2.",
  ],
  operands: [{ name: "URL", summary: "The server: ws://… or wss://….", count: "one" }],
  flags: {
    as: {
      summary: "Shake hands as this release. Default: ask the server.",
      value: "CONTRACT@RELEASE",
    },
    auth: {
      summary:
        "A file with the credentials as JSON. Not on the command line, where every user of the machine sees them. Default: none.",
      value: "FILE",
    },
    header: {
      summary:
        'A header of the upgrade request, such as "Origin: https://app.example". Default: none.',
      value: "NAME:VALUE",
      given: "often",
    },
  },
  formats: ["text", "json"],
  examples: [
    "inspect wss://api.example/rpc",
    "inspect ws://localhost:7000 --as orders@1.2.0",
    "inspect wss://api.example/rpc --auth credentials.json --format json",
  ],
  async run({ cwd, operands, flags }): Promise<Report> {
    const caller = await bearing(operands[0] ?? "", flags, cwd);
    return flags.as === undefined ? ask(caller) : tryAs(caller, flags.as, cwd);
  },
});

async function ask(caller: Caller): Promise<Report> {
  const answer = await greet(caller, []);
  if (answer.kind === "refused")
    throw notShown(caller, answer.refusal.closeCode, answer.refusal.message);
  const { welcome } = answer;
  const { inspect: inspection } = welcome;
  if (inspection === undefined) throw notShown(caller, 0, "it knows no inspections");
  const { server, wire, encoding, limits } = welcome;
  const text = inspectionText(caller.url, welcome, inspection);
  return {
    status: "ok",
    compared: [],
    remarks: [{ kind: "text", text }],
    result: { url: caller.url, server, wire, encoding, limits, ...inspection },
  };
}

async function tryAs(caller: Caller, named: string, cwd: string): Promise<Report> {
  const [contract = "", release = "", ...rest] = named.split("@");
  if (!isContractName(contract) || !isReleaseNumber(release) || rest.length > 0)
    throw new UnusableInput(
      `--as ${JSON.stringify(named)} is no release: write it as orders@1.2.0.`,
    );
  const fingerprint = await fingerprintOfRelease(contract, release, caller, cwd);
  const answer = await greet(caller, [
    { name: contract, offers: [{ release, fingerprint }], optional: false },
  ]);
  const what = `A client of ${contract} ${release}`;
  const about = { url: caller.url, as: { contract, release, fingerprint } };
  if (answer.kind === "refused") {
    const { refusal } = answer;
    const text = refusalText(what, refusal);
    const result = { ...about, isAccepted: false, refusal };
    return { status: "breaking", compared: [], remarks: [{ kind: "problem", text }], result };
  }
  const { contracts, early, server } = answer.welcome;
  const text = welcomeText(what, answer.welcome);
  const result = { ...about, isAccepted: true, welcome: { contracts, early, server } };
  return { status: "ok", compared: [], remarks: [{ kind: "text", text }], result };
}

function notShown({ url }: Caller, code: number, message: string): UnusableInput {
  const why = code === 4426 ? "it knows no inspections" : message.replace(/\.$/, "");
  return new UnusableInput(
    `${url} is a Concordat server and does not say what it speaks: ${why}. Try --as CONTRACT@RELEASE, which asks as a client of that release does.`,
  );
}
