/** `concordat verify`: the promise that old releases are served, as a command. */
import { resolve } from "node:path";

import type { adapterProblems } from "@concordat/server/portable";

import { findProject, type Project } from "../project/config.ts";
import { contractsOf } from "../project/contract-names.ts";
import { importedServices } from "../project/services-module.ts";
import { UnusableInput } from "../project/unusable-input.ts";
import { subjectOf } from "../verify/verify-subject.ts";
import type { Remark, Report } from "../report/report.ts";
import { findingRemark, verifiedRemark } from "../verify/verified-text.ts";
import type { ServerKit } from "../verify/server-kit.ts";
import { type Verified, verifyContract, type VerifyOptions } from "../verify/verify-contract.ts";
import { verifyOwn } from "../verify/verify-own.ts";
import { defineCommand } from "./command.ts";

export const verify = defineCommand({
  name: "verify",
  summary: "Replay every supported release against a real server, and look at what arrives.",
  details: [
    "For each procedure of each release that is served: messages are made from the release's own schemas, boundaries first, and sent by a client that offers exactly that release, through the handshake, the codec, the adapters and the validation of the server, to handlers that answer with messages of the newest release. What a handler is given and what comes back is judged by a second reading of the schemas, which shares no code with the server. Then the negotiation of every offer that matters, and the fingerprint of every message with one keyword changed.",
    'Adapters are those that were derived, and those that the module under "adapters" in the settings exports. With --services they are those of the services that a module exports.',
    "A finding names the law that does not hold, the adapter, the path, and the smallest messages found that show it. The same seed makes the same run.",
  ],
  operands: [{ name: "CONTRACT", summary: "The contract. Default: all.", count: "at most one" }],
  flags: {
    services: {
      summary:
        "A module that exports what implement(…) returned. Default: services are made of the releases and the settings.",
      value: "FILE",
    },
    own: {
      summary:
        "Call the handlers of those services, in a test environment. Default: handlers that answer with made-up messages.",
    },
    values: {
      summary: "How many messages are tried for each procedure of each release. Default 25.",
      value: "N",
    },
    seed: { summary: "What chance starts from. Default 1.", value: "N" },
  },
  formats: ["text", "json"],
  examples: [
    "verify",
    "verify orders --values 200 --seed 7",
    "verify --services dist/services.js --own",
  ],
  async run({ cwd, operands, flags }): Promise<Report> {
    const options = {
      seed: wholeNumber("seed", flags.seed ?? "1", 0),
      values: wholeNumber("values", flags.values ?? "25", 1),
    };
    if (flags.own && flags.services === undefined)
      throw new UnusableInput(
        "--own calls the handlers of services: name their module with --services.",
      );
    const project = await findProject(cwd);
    // Only here, and in `check`, is anything of the server needed.
    const kit = await import("@concordat/server/portable");
    const [asked] = operands;
    if (flags.services === undefined) return ofProject(project, asked, kit, options);
    const file = resolve(cwd, flags.services);
    const services = await importedServices(file, project.root);
    const meant = services.filter(({ name }) => asked === undefined || name === asked);
    if (meant.length === 0) {
      const names = services.map(({ name }) => name).join(", ");
      throw new UnusableInput(
        `${flags.services} exports no service of ${asked ?? ""}; it has ${names}.`,
        file,
      );
    }
    const verified: Verified[] = [];
    for (const service of meant) {
      verified.push(
        flags.own
          ? await verifyOwn(service, kit, options)
          : await verifyContract(service.parts, kit, options),
      );
    }
    return reportOn(verified, [], options);
  },
});

async function ofProject(
  project: Project,
  asked: string | undefined,
  kit: ServerKit & { readonly adapterProblems: typeof adapterProblems },
  options: VerifyOptions,
): Promise<Report> {
  const verified: Verified[] = [];
  const remarks: Remark[] = [];
  for (const contract of await contractsOf(project, asked)) {
    const { subject, remarks: said } = await subjectOf(project, contract, kit.adapterProblems);
    remarks.push(...said);
    if (subject !== undefined) verified.push(await verifyContract(subject, kit, options));
  }
  return reportOn(verified, remarks, options);
}

function reportOn(
  verified: readonly Verified[],
  said: readonly Remark[],
  { seed }: VerifyOptions,
): Report {
  const findings = verified.flatMap((each) => each.findings);
  const isBroken = findings.length > 0 || said.some(({ kind }) => kind === "problem");
  const status = isBroken ? "breaking" : "ok";
  const remarks = [
    ...verified.map((each) => verifiedRemark(each, seed)),
    ...said,
    ...findings.map((each) => findingRemark(each)),
  ];
  return { status, compared: [], remarks, result: { status, seed, verified, remarks: said } };
}

function wholeNumber(flag: string, text: string, least: 0 | 1): number {
  const number = Number(text);
  if (/^\d{1,9}$/.test(text) && number >= least) return number;
  throw new UnusableInput(
    `--${flag} takes a whole number from ${least} to 999999999, not ${JSON.stringify(text)}.`,
  );
}
