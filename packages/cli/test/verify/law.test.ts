/** Servers and releases that break a law each: all of them are found. */
import { unary } from "@concordat/core";
import * as Type from "typebox";
import { describe, expect, test } from "vitest";

import {
  adaptedBy,
  changed,
  findings,
  flooredAt,
  handledBy,
  type Handler,
  history,
  Id,
  longer,
  made,
  releaseOf,
  right,
  servedAs,
  type Tamper,
} from "./tampered-shop.ts";

/** A server that looks at no response. */
const unchecked: Tamper = (parts) =>
  servedAs("1.0.0", { response: true })(servedAs("2.0.0", { response: true })(parts));

async function toldOf(tamper: Tamper, releases = history): Promise<readonly string[]> {
  const found = await findings(made(right), tamper, releases);
  return found.map(({ law, message }) => `${law}: ${message}`);
}

/** A handler that does something else where all three are served by one server. */
function atOnce(wrap: (own: Handler) => Handler): Tamper {
  return (parts) => (parts.contract.history.length > 2 ? handledBy(wrap)(parts) : parts);
}

describe("a server", () => {
  test("that answers by itself is found", async () => {
    const found = await findings(
      made(right),
      handledBy(() => () => ({ id: "" })),
    );

    expect(found).toContainEqual(
      expect.objectContaining({ law: "served", message: "No handler was given the message." }),
    );
  });

  test("that gives a handler more than its release declares is found", async () => {
    const more = handledBy((own) => (request, context) => own({ ...request, more: 1 }, context));

    expect((await findings(made(right), more))[0]).toMatchObject({
      law: "arrives",
      message: expect.stringContaining("something that its release does not declare"),
    });
  });

  test("that loses the metadata of a call is found", async () => {
    const less = handledBy(
      (own) => (request, context) => own(request, { ...context, metadata: [] }),
    );

    expect((await findings(made(right), less))[0]).toMatchObject({
      law: "arrives",
      message: "The metadata of the call did not arrive as it was sent.",
    });
  });

  test("that gives a client more than its release declares, by name or so that it cannot be read, is found", async () => {
    const found = await findings(made(right), servedAs("1.0.0", { response: true }));

    expect(found).toMatchObject([
      { law: "served", message: expect.stringContaining("What came cannot be read: ") },
      { law: "answers", message: expect.stringContaining("that its release does not declare") },
    ]);
  });

  test("that does other steps than the adapter says is found", async () => {
    const rename = { step: "rename", at: "", from: "sku", to: "article" } as const;
    const inner = { step: "rename", at: "/lines/*", from: "sku", to: "article" } as const;
    const drop = { step: "drop", at: "", names: ["note"] } as const;
    const steps = { request: [rename, inner] };

    expect(await findings(steps)).toEqual([]);
    expect(await findings(steps, adaptedBy({ request: [rename, inner, drop] }))).toMatchObject([
      { law: "exact", path: "/note", message: "/note of the request is lost." },
    ]);
  });

  test("that changes what nothing is said of is found, on the way there and back", async () => {
    const alone = history.slice(0, 1);
    const there = handledBy((own) => (request, context) => own({ ...request, note: "?" }, context));
    const back = handledBy((own) => async (request, context) => {
      const { id } = (await own(request, context)) as { readonly id: string }; // a message of the release
      return { id: `${id}!` };
    });

    expect(await findings(undefined, undefined, alone)).toEqual([]);
    expect(await findings(undefined, there, alone)).toMatchObject([
      { law: "exact", path: "/note", message: expect.stringContaining(" of the request ") },
    ]);
    expect((await findings(undefined, back, alone))[0]).toMatchObject({
      law: "exact",
      message: "/id of the response has another value.",
    });
  });

  test("that goes another way over two steps than from one to the next is found", async () => {
    const there = atOnce((own) => (request, context) => own({ ...request, note: "?" }, context));
    const back = atOnce((own) => async (request, context) => {
      await own(request, context);
      return { id: "another" };
    });

    expect(await findings(made(right), undefined, longer)).toEqual([]);
    expect(await toldOf(there, longer)).toContain(
      "composed: The request from 1.0.0 to 3.0.0 comes from nowhere unless it goes step by step.",
    );
    expect(await toldOf(back, longer)).toContain(
      "composed: The response from 1.0.0 to 3.0.0 has another value unless it goes step by step.",
    );
  });

  test("that lets a handler have what the caller's release refuses is found", async () => {
    const laws = (await findings(made(right), servedAs("1.0.0", { request: true }))).map(
      ({ law }) => law,
    );

    expect(laws).toContain("refused");
  });

  test("that sends on what no handler may return is found", async () => {
    const laws = (await findings(made(right), unchecked)).map(({ law }) => law);

    expect(laws).toContain("masked");
  });

  test("that goes on where an adapter lets a procedure end is found", async () => {
    const found = await findings("unimplemented", adaptedBy(made(right)));

    expect(found).toMatchObject([
      { law: "ended", message: "The call ended with an answer, not with unimplemented." },
    ]);
    expect(await findings("unimplemented")).toEqual([]);
  });

  test("that tells an error otherwise than the caller's release has it is found", async () => {
    const generic = adaptedBy(made(right, { errors: { gone: "generic" } }));

    expect(await findings(made(right), generic)).toMatchObject([
      { law: "error", message: "The error gone came as a generic one, and is gone in 1.0.0." },
    ]);
  });

  test("that tells an error in another form than the caller's release has it is found", async () => {
    const drop = { name: "gone", payload: [{ step: "drop", at: "", names: ["sku"] }] };
    const loose: Tamper = (parts) =>
      servedAs("1.0.0", { errors: { gone: true } })(
        adaptedBy(made(right, { errors: { gone: drop } }))(parts),
      );

    expect(await findings(made(right), loose)).toMatchObject([
      { law: "error", message: "The client was given what its release refuses: {}." },
    ]);
  });

  test("whose floor is another than it says is found", async () => {
    expect(await toldOf(flooredAt("2.0.0"))).toContain(
      "negotiated: With the floor 1.0.0, an offer of 1.0.0 was refused as client-too-old instead of answered with 1.0.0.",
    );
    expect(await toldOf(flooredAt("1.0.0"))).toContain(
      "negotiated: With the floor 2.0.0, an offer of 1.0.0 was answered with 1.0.0 instead of a refusal as client-too-old.",
    );
  });
});

describe("a release", () => {
  const [first] = history;
  if (first === undefined) throw new TypeError("there are two");

  test("that was edited after it was frozen is found, whichever fingerprint was left as it was", async () => {
    const place = first.procedures["place"];
    const edited = changed(first, "1.0.0", { errors: {} });
    const renewed = releaseOf("1.0.0", { place: unary({ request: Type.Null(), response: Id }) });
    const swapped = { ...first, fingerprint: renewed.fingerprint };

    expect(place).toBeDefined();
    expect(await findings(undefined, undefined, [edited])).toContainEqual(
      expect.objectContaining({
        law: "fingerprint",
        procedure: "place",
        message: "The fingerprint of the procedure is not that of its messages.",
      }),
    );
    expect(await findings(undefined, undefined, [swapped])).toMatchObject([
      {
        law: "fingerprint",
        message: "The fingerprint of the release is not that of what stands in it.",
      },
    ]);
  });

  test("with a message that nobody can send is said to be untried, not passed over", async () => {
    const request = Type.Object({ never: Type.Union([]) });
    const release = releaseOf("1.0.0", { place: unary({ request, response: Id }) });

    expect(await findings(undefined, undefined, [release])).toMatchObject([
      {
        law: "served",
        procedure: "place",
        message: "No value of one of its messages could be found.",
      },
    ]);
  });
});
