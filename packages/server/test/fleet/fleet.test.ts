/** Who is still there: counted for honest clients, and bounded for all others. */
import * as fc from "fast-check";
import { type Hello, refusal } from "@concordat/core/internal";
import { FakeClock, memoryTransports, settle } from "@concordat/testing";
import { describe, expect, test } from "vitest";

import {
  ConcordatError,
  type ConnectionRequest,
  implement,
  openMetricsOf,
} from "../../src/index.ts";
import { ClientLabels } from "../../src/fleet/client-label.ts";
import { Fleet } from "../../src/fleet/fleet.ts";
import type { Caller } from "../fixture/caller.ts";
import { later, offerOf } from "../fixture/caller.ts";
import { libraryService, libraryStage } from "../fixture/librarian.ts";
import { libraryHistory, offersOf } from "../fixture/library-history.ts";
import { shop, shopHandlers } from "../fixture/shop.ts";
import { Stage } from "../fixture/stage.ts";
import { familiesFrom } from "./open-metrics-parser.ts";

function clientOf(stage: Stage, release: string, name?: string, version?: string): Caller {
  const offers = offersOf(libraryHistory, release);
  const contracts = [{ name: "library", offers, optional: false }];
  const client = {
    ...(name === undefined ? {} : { name }),
    ...(version === undefined ? {} : { version }),
  };
  return stage.caller({ contracts, hello: { client } });
}

describe("calls and connections", () => {
  test("are counted by release, procedure, client and outcome, while they run and after", async () => {
    const gate = later<void>();
    const stage = libraryStage({
      handlers: {
        count: () => gate.promise.then(() => 1),
        mark() {
          throw new ConcordatError("failed_precondition", "Not today.");
        },
      },
    });
    const web = clientOf(stage, "1.0.0", "web", "4.1");
    const phone = clientOf(stage, "3.0.0", "phone");
    await web.unary("library/find", { number: 1 }).done;
    await web.unary("library/find", { number: 2 }).done;
    await web.unary("library/find", { number: "three" }).error;
    await web.unary("library/find", { number: "four" }).error;
    await web.unary("library/burn", {}).error;
    await web.unary("library/nothing", {}).error;
    await phone.unary("library/mark", { name: "a" }).error;
    await phone.stream("library/browse", { shelf: "A" }).done;
    const running = phone.unary("library/count", {});
    const given = web.unary("library/count", {});
    await settle();
    given.call.cancel("cancelled");
    await settle();

    const ofWeb = { contract: "library", release: "1.0.0", client: "web", clientVersion: "4.1" };
    const ofPhone = { contract: "library", release: "3.0.0", client: "phone", clientVersion: "" };
    const fleet = stage.server.fleet();
    expect(fleet.connections).toEqual([
      { ...ofWeb, open: 1, total: 1 },
      { ...ofPhone, open: 1, total: 1 },
    ]);
    expect(fleet.calls).toEqual([
      { ...ofWeb, procedure: "find", open: 0, ended: { ok: 2, invalid_argument: 2 } },
      { ...ofWeb, procedure: "burn", open: 0, ended: { unimplemented: 1 } },
      { ...ofWeb, procedure: "(other)", open: 0, ended: { unimplemented: 1 } },
      { ...ofWeb, procedure: "count", open: 1, ended: {} },
      { ...ofPhone, procedure: "mark", open: 0, ended: { failed_precondition: 1 } },
      { ...ofPhone, procedure: "browse", open: 0, ended: { ok: 1 } },
      { ...ofPhone, procedure: "count", open: 1, ended: {} },
    ]);
    gate.settle();
    await running.done;
    web.session.close(1000, "");
    await settle();
    expect(stage.server.fleet().connections[0]).toEqual({ ...ofWeb, open: 0, total: 1 });
    const ended = stage.server.fleet().calls.filter(({ procedure }) => procedure === "count");
    expect(ended).toEqual([
      { ...ofWeb, procedure: "count", open: 0, ended: { cancelled: 1 } },
      { ...ofPhone, procedure: "count", open: 0, ended: { ok: 1 } },
    ]);
    expect(fleet).toMatchObject({ concordat: "fleet/1", isComplete: true });
    expect(JSON.parse(JSON.stringify(fleet))).toEqual(fleet);
  });

  test("are said with when counting began and when they were read", async () => {
    const stage = libraryStage();
    await stage.clock.advance(90_000);

    const { since, until } = stage.server.fleet();
    expect(Date.parse(until)).toBe(stage.clock.now());
    expect(Date.parse(since)).toBe(stage.clock.now() - 90_000);
  });

  test("end once, also where a middleware throws after the response has left", async () => {
    const stage = libraryStage({
      options: {
        middleware: [
          async (_context, next) => {
            await next();
            throw new Error("too late");
          },
        ],
      },
    });
    const caller = clientOf(stage, "3.0.0");
    await caller.unary("library/count", {}).done;
    await settle();

    expect(stage.server.fleet().calls).toMatchObject([
      { procedure: "count", open: 0, ended: { ok: 1 } },
    ]);
  });

  test("are counted once for each contract that a client speaks", async () => {
    const services = [libraryService(), implement(shop, { handlers: shopHandlers() })];
    const stage = new Stage({ services });
    const library = { name: "library", offers: offersOf(libraryHistory, "2.0.0"), optional: false };
    const caller = stage.caller({ contracts: [library, offerOf(shop)] });
    await caller.unary("shop/greet", { name: "Ada" }).done;
    await caller.unary("library/count", {}).done;

    const { connections, calls } = stage.server.fleet();
    expect(connections).toMatchObject([
      { contract: "library", release: "2.0.0", total: 1 },
      { contract: "shop", release: "unreleased", total: 1 },
    ]);
    expect(calls).toMatchObject([
      { contract: "shop", procedure: "greet", ended: { ok: 1 } },
      { contract: "library", procedure: "count", ended: { ok: 1 } },
    ]);
  });

  test("are not counted for a contract that a client asked for and did not get", async () => {
    const stage = libraryStage({ floor: "2.0.0" });
    const museum = { release: "1.0.0", fingerprint: `sha256:${"0".repeat(64)}` };
    const caller = stage.caller({
      contracts: [
        { name: "library", offers: offersOf(libraryHistory, "3.0.0"), optional: false },
        { name: "museum", offers: [museum], optional: true },
      ],
    });
    await caller.welcome;

    expect(stage.server.fleet().connections).toMatchObject([{ contract: "library", total: 1 }]);
  });

  test("name the contracts with their floors and sunsets", () => {
    const stage = libraryStage({ floor: "2.0.0", notices: { "2.0.0": { sunset: "2030-01-01" } } });

    expect(stage.server.fleet().contracts).toEqual([
      {
        name: "library",
        floor: "2.0.0",
        newest: "3.0.0",
        isRetired: false,
        // Those below the floor are spoken by clients that say what they use.
        sunsets: { "1.0.0": "2030-01-01", "1.1.0": "2030-01-01", "2.0.0": "2030-01-01" },
      },
    ]);
  });
});

describe("refusals", () => {
  test("are counted by their reason, with the client's name only where it has shown who it is", async () => {
    const stage = libraryStage({
      floor: "2.0.0",
      options: {
        authenticate({ credentials }) {
          if (credentials !== "let me in") throw new ConcordatError("unauthenticated", "Who?");
        },
      },
    });
    const offers = offersOf(libraryHistory, "1.0.0");
    const contracts = [{ name: "library", offers, optional: false }];
    const client = { name: "web", version: "1" };
    await stage.caller({ contracts, hello: { client, auth: "let me in" } }).ended;
    await stage.caller({ contracts, hello: { client } }).ended;
    const unknown = [{ name: "museum", offers: [], optional: false }];
    await stage.caller({ contracts: unknown, hello: { client, auth: "let me in" } }).ended;

    const future = { release: "7.7.7", fingerprint: `sha256:${"7".repeat(64)}` };
    const ahead = [{ name: "library", offers: [future], optional: false }];
    await stage.caller({ contracts: ahead, hello: { client, auth: "let me in" } }).ended;

    const { refusals } = stage.server.fleet();
    const nobody = { client: "", clientVersion: "" };
    const web = { client: "web", clientVersion: "1" };
    expect(refusals).toEqual([
      { contract: "library", release: "1.0.0", ...web, reason: "client-too-old", total: 1 },
      { contract: "(other)", release: "(other)", ...web, reason: "unknown-contract", total: 1 },
      { contract: "library", release: "(other)", ...web, reason: "server-behind", total: 1 },
      { contract: "", release: "", ...nobody, reason: "unauthenticated", total: 1 },
    ]);
  });

  test("before anything was negotiated are counted too, without a name that nobody has shown", async () => {
    const stage = libraryStage({
      options: { limits: { connectionsPerAddress: 1 }, origins: ["https://app.example"] },
    });
    const { server } = stage;
    const offers = offersOf(libraryHistory, "3.0.0");
    const contracts = [{ name: "library", offers, optional: false }];
    const client = { name: "web", version: "1" };
    const refusedOf = (hello: Partial<Hello>, request: Partial<ConnectionRequest> = {}) =>
      stage.caller({ contracts, hello: { client, ...hello }, transport: stage.pipe(request) })
        .ended;
    await refusedOf({ wire: [99] });
    await refusedOf({ encodings: ["xml"] });
    await refusedOf({ capabilities: ["inspect"], contracts: [] });
    const page = { "Sec-WebSocket-Protocol": "concordat.v1", Origin: "https://evil.example" };
    const answer = server.upgrade(new Request("https://api.example", { headers: page }));
    if (answer.status !== 101) throw new Error("It was refused before it could be told.");
    const [near, far] = memoryTransports();
    answer.accept(far);
    await stage.caller({ contracts, transport: near }).ended;
    await stage.caller({ contracts, transport: stage.pipe({ address: "192.0.2.1" }) }).welcome;
    await refusedOf({}, { address: "192.0.2.1" });
    void server.drain();
    await refusedOf({});

    const counted = server
      .fleet()
      .refusals.map(({ reason, client: name, total }) => `${reason} ${name} ${total}`);
    expect(counted.toSorted((one, other) => one.localeCompare(other))).toEqual([
      "draining  1",
      "encoding-unsupported  1",
      "forbidden  1",
      "forbidden web 1",
      "too-many-requests  1",
      "wire-unsupported  1",
    ]);
  });

  test("of those that find no room are counted, whoever tells them", async () => {
    const { server } = libraryStage({ options: { limits: { handshakes: 1 } } });
    server.accept(memoryTransports()[1]);
    const headers = { "Sec-WebSocket-Protocol": "concordat.v1" };
    server.upgrade(new Request("https://api.example", { headers }));

    expect(server.fleet().refusals).toMatchObject([{ reason: "too-many-requests", total: 1 }]);
  });
});

describe("hostile names", () => {
  test("that are those of the rest, or nobody's, make no second row with the same labels", () => {
    const limits = { fleetClients: 4, fleetRows: 100 };
    const fleet = new Fleet({ clock: new FakeClock(), limits, served: () => new Map() });
    const rest = { name: "(other)", version: "(other)" };
    const many = Array.from({ length: 10 }, (_, number) => ({ name: `client ${number}` }));
    for (const client of [rest, ...many])
      fleet.memberOf(fleet.labelOf(client), [["shop", "1.0.0"]]).joined();
    fleet.refused(refusal("forbidden", { message: "" }));
    fleet.refused(refusal("forbidden", { message: "" }), fleet.labelOf({}));

    expect(() => familiesFrom(openMetricsOf(fleet.snapshot()))).not.toThrow();
    expect(fleet.snapshot().refusals).toMatchObject([{ client: "", total: 2 }]);
  });

  test("of 10 MB, or a million different ones, do not make the counters grow", () => {
    const labels = new ClientLabels(200);
    expect(
      labels.labelOf({ name: "x".repeat(10_000_000), version: "y".repeat(10_000_000) }),
    ).toEqual({
      name: "x".repeat(64),
      version: "y".repeat(64),
    });
    const seen = new Set<unknown>();
    for (let number = 0; number < 1_000_000; number += 1)
      seen.add(labels.labelOf({ name: `name ${number}`, version: `${number}` }));
    expect(seen.size).toBeLessThanOrEqual(200);

    const early = labels.labelOf({ name: "name 0", version: "0" });
    expect(early).toEqual({ name: "name 0", version: "0" });
    expect(labels.labelOf({ name: "late" })).toEqual({ name: "(other)", version: "(other)" });
  });

  test("with a million versions take a quarter of the labels, and keep their name", () => {
    const labels = new ClientLabels(200);
    const seen = new Set<unknown>();
    for (let number = 0; number < 1_000_000; number += 1)
      seen.add(labels.labelOf({ name: "web", version: `${number}` }));

    expect(seen.size).toBe(51);
    expect(labels.labelOf({ name: "web", version: "new" })).toEqual({
      name: "web",
      version: "(other)",
    });
    expect(labels.labelOf({ name: "phone", version: "1" })).toEqual({
      name: "phone",
      version: "1",
    });
  });

  test("never make two rows that a reader takes for one, and are the same object for the same words", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: "binary" }), { maxLength: 50 }), (names) => {
        const labels = new ClientLabels(20);
        const given = names.map((name) => labels.labelOf({ name }));

        expect(new Set(given).size).toBe(new Set(given.map((label) => JSON.stringify(label))).size);
        for (const [at, name] of names.entries()) expect(labels.labelOf({ name })).toBe(given[at]);
        for (const { name } of given) expect(() => encodeURIComponent(name)).not.toThrow(); // it throws for what is no Unicode
      }),
    );
  });

  test("that fill the tables lose their names, then their procedures, and nothing is counted twice or lost", () => {
    const fleet = new Fleet({
      clock: new FakeClock(),
      limits: { fleetClients: 1_000, fleetRows: 40 },
      served: () => new Map(),
    });
    let calls = 0;
    for (let number = 0; number < 500; number += 1) {
      const words = { name: `n${number}` };
      const member = fleet.memberOf(fleet.labelOf(words), [["library", "1.0.0"]]);
      member.joined();
      for (const procedure of ["a", "b", "c"]) {
        const row = member.callRow("library", `${procedure}${number % 20}`);
        row.begin();
        row.end("ok");
        calls += 1;
      }
      member.left();
      fleet.refused(refusal("client-too-old", { message: "" }), fleet.labelOf(words));
    }
    const snapshot = fleet.snapshot();

    expect(snapshot.isComplete).toBe(false);
    expect(snapshot.calls.length).toBeLessThanOrEqual(41);
    expect(snapshot.connections.length).toBeLessThanOrEqual(40);
    expect(snapshot.refusals.length).toBeLessThanOrEqual(40);
    expect(snapshot.calls.reduce((sum, { ended }) => sum + (ended.ok ?? 0), 0)).toBe(calls);
    expect(snapshot.connections.reduce((sum, { total }) => sum + total, 0)).toBe(500);
    expect(snapshot.connections.some(({ open }) => open !== 0)).toBe(false);
  });
});

test("many clients take no room from what is counted without their names", () => {
  const limits = { fleetClients: 1_000, fleetRows: 40 };
  const fleet = new Fleet({ clock: new FakeClock(), limits, served: () => new Map() });
  for (let number = 0; number < 100; number += 1) {
    const label = fleet.labelOf({ name: `n${number}` });
    for (const procedure of ["a", "b", "c"])
      fleet
        .memberOf(label, [["library", "1.0.0"]])
        .callRow("library", procedure)
        .begin();
  }

  const { isComplete, calls } = fleet.snapshot();
  expect(isComplete).toBe(true);
  expect(calls.filter(({ client }) => client === "(other)")).toMatchObject([
    { procedure: "a", open: 90 },
    { procedure: "b", open: 90 },
    { procedure: "c", open: 90 },
  ]);
});

test("connections that no row is left for make the counts incomplete", () => {
  const limits = { fleetClients: 1_000, fleetRows: 4 };
  const fleet = new Fleet({ clock: new FakeClock(), limits, served: () => new Map() });
  const releases = ["1.0.0", "1.1.0", "1.2.0", "1.3.0", "1.4.0"];
  const isComplete = releases.map((release) => {
    fleet.memberOf(fleet.labelOf({ name: "web" }), [["library", release]]).joined();
    return fleet.snapshot().isComplete;
  });

  expect(isComplete).toEqual([true, true, true, true, false]);
});

describe("OpenMetrics text", () => {
  test("has every count in a family of its kind, with what a label may hold escaped", async () => {
    const stage = libraryStage({ notices: { "2.0.0": { sunset: "2030-01-01" } } });
    const name = 'a"b\\c\nd}';
    await clientOf(stage, "1.0.0", name, "{=,}").unary("library/count", {}).done;
    const families = familiesFrom(openMetricsOf(stage.server.fleet()));

    const [calls] = families.get("concordat_calls")?.samples ?? [];
    expect(Object.fromEntries(calls?.labels ?? [])).toEqual({
      contract: "library",
      release: "1.0.0",
      client: 'a"b\\c\u{FFFD}d}',
      client_version: "{=,}",
      procedure: "count",
      outcome: "ok",
    });
    expect(calls?.value).toBe(1);
    expect(families.get("concordat_connections_open")?.samples[0]?.value).toBe(1);
    expect(families.get("concordat_release_sunset_timestamp_seconds")?.samples[0]?.value).toBe(
      Date.UTC(2030, 0, 1) / 1_000,
    );
    expect([...families.values()].every(({ help }) => help !== "")).toBe(true);
  });

  test("says 1 of each contract, and 1 of the counts until a row was missing", () => {
    const fleet = libraryStage({ floor: "2.0.0" }).server.fleet();
    const families = familiesFrom(openMetricsOf(fleet));
    const lacking = familiesFrom(openMetricsOf({ ...fleet, isComplete: false }));

    const [contract] = families.get("concordat_contract")?.samples ?? [];
    expect(Object.fromEntries(contract?.labels ?? [])).toEqual({
      contract: "library",
      floor: "2.0.0",
      newest: "3.0.0",
      retired: "false",
    });
    expect(contract?.value).toBe(1);
    expect(families.get("concordat_fleet_complete")?.samples).toMatchObject([{ value: 1 }]);
    expect(lacking.get("concordat_fleet_complete")?.samples).toMatchObject([{ value: 0 }]);
  });

  test("has no line more, whatever a label holds", () => {
    const fleet = libraryStage().server.fleet();
    const row = { contract: "a\nb", release: "1.0.0", client: 'c"\\', clientVersion: "" };
    const connections = [{ ...row, open: 1, total: 1 }];
    const families = familiesFrom(openMetricsOf({ ...fleet, connections }));

    const [sample] = families.get("concordat_connections_open")?.samples ?? [];
    expect(Object.fromEntries(sample?.labels ?? [])).toMatchObject({
      contract: "a\nb",
      client: 'c"\\',
    });
  });

  test("can be read whatever clients call themselves", () => {
    const text = fc.string({ unit: "binary", maxLength: 80 });
    fc.assert(
      fc.property(fc.array(fc.tuple(text, text), { maxLength: 30 }), (clients) => {
        const fleet = new Fleet({
          clock: new FakeClock(),
          limits: { fleetClients: 10, fleetRows: 20 },
          served: () => new Map(),
        });
        for (const [name, version] of clients) {
          const label = fleet.labelOf({ name, version });
          const member = fleet.memberOf(label, [["library", "1.0.0"]]);
          member.joined();
          member.callRow("library", "find").end("ok");
          fleet.refused(
            refusal("client-too-old", { message: "" }),
            fleet.labelOf({ name, version }),
          );
        }
        const families = familiesFrom(openMetricsOf(fleet.snapshot()));
        const opened = families.get("concordat_connections_open")?.samples ?? [];

        expect(opened.reduce((sum, { value }) => sum + value, 0)).toBe(clients.length);
      }),
    );
  });
});
