/** Seeded defects: what an author of an adapter, or of this repository, may get wrong. */

/** One defect: a place in a source, and what stands there instead. */
export interface Mutant {
  /** What is wrong, as the end of "there is". */
  readonly name: string;
  /** Relative to `packages/`. */
  readonly file: string;
  /** Occurs in the file exactly once: a list that has rotted is found. */
  readonly from: string;
  readonly to: string;
}

const adapters = "cli/test/verify/desk-adapters.ts";
const table = "core/src/adapter/member-table.ts";
const runAt = "core/src/adapter/run-at.ts";
const composition = "server/src/conversion/composition.ts";
const exchange = "server/src/conversion/exchange.ts";
const served = "server/src/conversion/served-message.ts";
const way = "server/src/conversion/way.ts";
const objects = "core/src/schema/compiled-object.ts";
const numbers = "core/src/schema/number-shape.ts";
const negotiate = "core/src/negotiation/negotiate.ts";
const refusal = "core/src/negotiation/refusal.ts";
const fingerprint = "core/src/release/fingerprint.ts";
const keyword = "core/src/schema/keyword.ts";

/** In adapters, as their authors write them. */
const inAdapters: readonly Mutant[] = [
  {
    name: "an adapter that forgets a property of the response",
    file: adapters,
    from: "({ ...newer, total: newer.total.amount / 100 })",
    to: "({ id: newer.id, status: newer.status, total: newer.total.amount / 100 })",
  },
  {
    name: "an adapter that swaps two literals",
    file: adapters,
    from: "({ ...newer, total: newer.total.amount / 100 })",
    to: '({ ...newer, status: newer.status === "packed" ? "sent" : newer.status, total: newer.total.amount / 100 })',
  },
  {
    name: "an adapter that gives a property back as another type",
    file: adapters,
    from: "total: newer.total.amount / 100",
    to: "total: String(newer.total.amount)",
  },
  {
    name: "a default that the newer release refuses",
    file: adapters,
    from: 'name: "quantity", value: 1',
    to: 'name: "quantity", value: 0',
  },
  {
    name: "an adapter that renames outside and not inside a list",
    file: adapters,
    from: '{ step: "map", at: "/lines", steps: [toArticle] },',
    to: "",
  },
  {
    name: "a literal that is mapped to one that nobody has",
    file: adapters,
    from: '["card", "CARD"]',
    to: '["card", "CREDIT"]',
  },
  { name: "a literal that is forgotten", file: adapters, from: '["cash", "CASH"],', to: "" },
  {
    name: "a rename of stream items to a name that nobody has",
    file: adapters,
    from: 'from: "text", to: "said" }',
    to: 'from: "text", to: "say" }',
  },
  {
    name: "an error that is told under the wrong name",
    file: adapters,
    from: 'name: "sold_out",',
    to: 'name: "limit",',
  },
  {
    name: "an error that is told as generic although the older release has it",
    file: adapters,
    from: 'banned: "generic",',
    to: 'banned: "generic", limit: "generic",',
  },
  {
    name: "an error whose payload is not converted",
    file: adapters,
    from: 'payload: [{ step: "rename", at: "", from: "article", to: "sku" }],',
    to: "",
  },
  { name: "a loss that nobody declared", file: adapters, from: 'lost: ["/note"],', to: "" },
  {
    name: "a notification whose message is not converted",
    file: adapters,
    from: 'changed: { response: [{ step: "rename", at: "", from: "order", to: "id" }] },',
    to: "changed: {},",
  },
  {
    name: "an answer that asks the newer release for what it refuses",
    file: adapters,
    from: "{ from: 1, to }",
    to: "{ from: 0.5, to }",
  },
];

/** In what carries adapters out. */
const inConversions: readonly Mutant[] = [
  {
    name: "a rename that loses the value",
    file: table,
    from: "sources: [...moved.sources, ...there.sources],",
    to: "sources: there.sources,",
  },
  {
    name: "a default that overwrites what is there",
    file: table,
    from: "sources: [...sources, { value }]",
    to: "sources: [{ value }]",
  },
  {
    name: "a literal step that gives the value back",
    file: runAt,
    from: "pair === undefined ? part : pair[1]",
    to: "pair === undefined ? part : pair[0]",
  },
  {
    name: "a map that leaves out the last element",
    file: runAt,
    from: "part.map((element) => run(element))",
    to: "part.slice(0, -1).map((element) => run(element))",
  },
  {
    name: "a way back that drops the wrong property",
    file: "core/src/adapter/reversed.ts",
    from: 'return only({ step: "rename", at, from: step.to, to: step.from });',
    to: 'return only({ step: "rename", at, from: step.from, to: step.to });',
  },
  {
    name: "a request that is not checked after the adapter",
    file: exchange,
    from: "return this.isSame ? own : this.#newest(this.#parts.composition.up.convert(own), own);",
    to: "return this.isSame ? own : this.#parts.composition.up.convert(own);",
  },
  {
    name: "a response that is not projected to the caller's release",
    file: served,
    from: "return putRaw(to, valueToBytes(this.conform(value)));",
    to: "return putRaw(to, valueToBytes(value));",
  },
  {
    name: "a request that is not checked against the caller's release",
    file: served,
    from: "return this.conform(bytesToValue(payload, budget));",
    to: "return bytesToValue(payload, budget);",
  },
  {
    name: "a response of the handler that is not checked",
    file: exchange,
    from: "const own = this.#returned(value);",
    to: "const own = value;",
  },
  {
    name: "adapters that are run on responses in the order of requests",
    file: composition,
    from: "return changes.toReversed().map((change) => ({",
    to: "return changes.map((change) => ({",
  },
  {
    name: "no projection where a property was gone for a while",
    file: composition,
    from: "|| passages.length < 2) return noPlaces;",
    to: "|| passages.length < 99) return noPlaces;",
  },
  {
    name: "a stream converter that forgets what comes at the end",
    file: way,
    from: "yield* next.end?.() ?? [];",
    to: "",
  },
  {
    name: "a stream converter that drops the last item of several",
    file: way,
    from: "if (next.done) return;",
    to: "if (next.done || count > 1) return;",
  },
  {
    name: "an error that keeps its newer name",
    file: composition,
    from: "name = mapped.name;",
    to: "",
  },
  {
    name: "a generic error that does not say which it was",
    file: "server/src/call/caller-error.ts",
    from: "detail === undefined || told !== undefined ? noMetadata : [nameOf(detail)]",
    to: "noMetadata",
  },
  {
    name: "metadata that is lost on the way to the handler",
    file: "server/src/call/call-context.ts",
    from: "this.#composition.metadataUp(this.#sent)",
    to: "this.#composition.metadataUp([])",
  },
  {
    name: "a plan that is shared with a release that differs",
    file: "server/src/service/plans.ts",
    from: "turns.find((turn) => turn >= index)",
    to: "turns.find((turn) => turn > index)",
  },
  {
    name: "a procedure that passes for unchanged because it has the same kind",
    file: "server/src/adapter/fate.ts",
    from: "before.fingerprint === after.fingerprint",
    to: "before.kind === after.kind",
  },
  {
    name: "a procedure that goes on where an adapter lets it end",
    file: "server/src/adapter/fate.ts",
    from: 'if (written === "unimplemented") return { kind: "unimplemented" };',
    to: 'if (written === "unimplemented") return { kind: "answer", answer: { answer: () => null } };',
  },
];

/** In what checks and projects. */
const inProjection: readonly Mutant[] = [
  {
    name: "a projection that lets undeclared properties through",
    file: objects,
    from: '"const kept = {};",',
    to: '"const kept = { ...members };",',
  },
  {
    name: "a projection that drops optional properties",
    file: objects,
    from: "const whole = all.map(",
    to: "const whole = all.filter((_, index) => properties[index]?.isRequired).map(",
  },
  {
    name: "a required property that may be missing",
    file: objects,
    from: "isRequired ? `{ visit.leave(); return visit.failAt",
    to: 'isRequired && name === "" ? `{ visit.leave(); return visit.failAt',
  },
  {
    name: "a property that is kept unseen",
    file: objects,
    from: 'shape.glance?.(value) ?? "false"',
    to: '"true"',
  },
  {
    name: "an element of a list that is kept unseen",
    file: "core/src/schema/compiled-array.ts",
    from: 'glance?.("element") ?? "false"',
    to: '"true"',
  },
  {
    name: "a minimum that is off by one",
    file: numbers,
    from: "value >= minimum",
    to: "value >= minimum - 1",
  },
  {
    name: "an exclusive maximum that is not",
    file: numbers,
    from: "value < below",
    to: "value <= below + 1",
  },
  {
    name: "a longest list that is refused",
    file: "core/src/schema/array-rules.ts",
    from: "elements.length <= count ?",
    to: "elements.length < count ?",
  },
];

/** In the handshake. */
const inNegotiation: readonly Mutant[] = [
  {
    name: "a negotiation that picks the oldest",
    file: negotiate,
    from: "served.releases.toReversed()",
    to: "served.releases",
  },
  {
    name: "a negotiation that picks the second newest",
    file: negotiate,
    from: "served.releases.toReversed()",
    to: "[...served.releases.toReversed().slice(1), ...served.releases.slice(-1)]",
  },
  {
    name: "a floor that is off by one",
    file: "core/src/release/number.ts",
    from: "compareReleaseNumbers(release, floor) < 0;",
    to: "compareReleaseNumbers(release, floor) <= 0;",
  },
  {
    name: "a floor that nobody looks at",
    file: negotiate,
    from: "if (!isBelowFloor(served.release, floor)) return true;",
    to: "return true;",
  },
  {
    name: "a negotiation that believes the number and not the fingerprint",
    file: negotiate,
    from: "if (offer.fingerprint !== fingerprint) return false;",
    to: "",
  },
  {
    name: "a negotiation that believes the fingerprint of any number",
    file: negotiate,
    from: "return offer.release === release || offer.release === undefined || release === undefined;",
    to: "return offer.release !== release;",
  },
  {
    name: "a client that is told to move where the server is old",
    file: negotiate,
    from: "if (offers.some(isNewer)) {",
    to: "if (offers.every((offer) => !isNewer(offer))) {",
  },
  {
    name: "a client that is told to move because of its first offer alone",
    file: negotiate,
    from: "if (offers.some(isNewer)) {",
    to: "if (offers.slice(0, 1).some(isNewer)) {",
  },
  {
    name: "an edited release that is taken for an old one",
    file: negotiate,
    from: "conflictRefusal(contract, offers, served) ??",
    to: "",
  },
  {
    name: "a range that names releases below the floor",
    file: refusal,
    from: "!isBelowFloor(release, floor)",
    to: 'release !== ""',
  },
  {
    name: "a client that is told the wrong side",
    file: refusal,
    from: 'closeName === "server-behind";',
    to: 'closeName === "client-too-old";',
  },
  {
    name: "a client that is served as another release than it was told",
    file: "server/src/service/service.ts",
    from: "return this.served.releases.findIndex((each) => each.release === release);",
    to: "return Math.max(0, this.served.releases.findIndex((each) => each.release === release) - 1);",
  },
];

/** In what says whether two messages are the same. */
const inFingerprints: readonly Mutant[] = [
  {
    name: "a fingerprint that ignores a keyword",
    file: keyword,
    from: 'minimum: "value",',
    to: 'minimum: "text",',
  },
  {
    name: "a fingerprint that ignores the kind",
    file: fingerprint,
    from: "return fingerprintOf({ kind, idempotent,",
    to: "return fingerprintOf({ idempotent,",
  },
  {
    name: "a fingerprint that ignores errors",
    file: fingerprint,
    from: "errors: numbering.bareEach(errors),",
    to: "",
  },
  {
    name: "a fingerprint that ignores what references lead to",
    file: fingerprint,
    from: "definitions: numbering.rest() });",
    to: "definitions: [] });",
  },
  {
    name: "a fingerprint that depends on the order of keys",
    file: "core/src/release/canonical.ts",
    from: ".toSorted(byName)",
    to: "",
  },
  {
    name: "a fingerprint that depends on texts",
    file: fingerprint,
    from: '.filter(([keyword]) => roleOf(keyword) !== "text")',
    to: "",
  },
  {
    name: "a fingerprint that takes the names of properties for keywords",
    file: keyword,
    from: 'properties: "named",',
    to: 'properties: "schema",',
  },
];

/** All of them, by what they are in. */
export const mutants: Readonly<Record<string, readonly Mutant[]>> = {
  adapters: inAdapters,
  conversions: inConversions,
  projection: inProjection,
  negotiation: inNegotiation,
  fingerprints: inFingerprints,
};
