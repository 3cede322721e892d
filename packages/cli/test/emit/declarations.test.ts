/** Programs that emit declarations, such as a package that shares a contract's source. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { CompileProject, type Compiler, compilers } from "./compile-project.ts";

const shared = `
import { createClient, optional, uses } from "@concordat/client";
import { bidiStream, clientNotification, clientStream, defineContract, serverNotification, serverStream, unary } from "@concordat/core";
import { createServer, implement } from "@concordat/server";
import { Type } from "typebox";

const request = Type.String();
export const place = unary({ request, response: request, errors: { gone: request } });
export const orders = defineContract("orders", {
  place: unary({ request, response: request }),
  watch: serverStream({ request, response: request }),
  fill: clientStream({ request, response: request }),
  talk: bidiStream({ request, response: request }),
  seen: clientNotification({ message: request }),
  changed: serverNotification({ message: request }),
});
export const told = defineContract("told", { changed: serverNotification({ message: request }) });
export const client = createClient({ url: "", contracts: { orders: uses(orders, ["seen"]), told: optional(told) } });
export const service = implement(told, { handlers: {} });
export const server = createServer({ services: [service] });
`;

let project: CompileProject;

beforeAll(async () => {
  project = await CompileProject.create();
  await project.write("src/shared.ts", shared);
  const compilerOptions = {
    module: "nodenext",
    target: "es2023",
    lib: ["es2023", "dom"],
    types: [],
    strict: true,
    declaration: true,
    rootDir: "src",
    outDir: "dist",
    skipLibCheck: true,
  };
  await project.write("declared.json", JSON.stringify({ compilerOptions, include: ["src"] }));
}, 120_000);

afterAll(() => project.remove());

const versions = Object.keys(compilers) as Compiler[]; // the table's own keys

test.each(versions)(
  "with TypeScript %s, everything that is made with the packages can be exported with a declaration",
  async (version) => {
    expect(await project.compile(version, "declared.json")).toBe("");
  },
  120_000,
);
