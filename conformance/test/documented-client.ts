/** The client that was written from the documents, as the cases drive it. */
import { CallError, Closed, connect, type Connection } from "../client/minimal-client.js";
import { type CallStep, caseContracts, type OutcomeStep } from "./case.ts";
import type { DialClient, DrivenCall } from "./client-driver.ts";

/** Dials with the client of `conformance/client`. */
export const documentedClient: DialClient = (url) => {
  const dialled = connect(url, { contracts: caseContracts });
  let connection: Connection | undefined;
  const welcomed = dialled.then((open) => (connection = open));
  welcomed.catch(() => undefined); // told through `refused`
  return {
    welcomed,
    refused: dialled.then(
      () => new Promise<never>(() => undefined),
      (error: unknown) => {
        if (!(error instanceof Closed)) throw error;
        const { code, message, floor, newest, mustMove, isUpgradeRequired, isTerminal } = error;
        const said = { message, floor, newest, mustMove } as { message: string }; // whatever the server said
        return { code, ...said, upgradeRequired: isUpgradeRequired, terminal: isTerminal };
      },
    ),
    renew: (credentials) => connection?.renew(credentials),
    call(step) {
      if (connection === undefined) throw new Error("not welcomed yet");
      return drive(connection, step);
    },
  };
};

function drive(
  connection: Connection,
  { kind, procedure, request, items = [] }: CallStep,
): DrivenCall {
  const control = new AbortController();
  const { signal } = control;
  const outcome = {
    unary: () => single(connection.unary(procedure, request, { signal })),
    clientStream: () => single(connection.clientStream(procedure, items)),
    serverStream: () => stream(connection.serverStream(procedure, request, { signal })),
    bidiStream: () => stream(connection.bidiStream(procedure, items)),
  }[kind]();
  return { outcome, cancel: () => control.abort() };
}

async function single(answer: Promise<unknown>): Promise<Omit<OutcomeStep, "call">> {
  try {
    return { response: await answer };
  } catch (error) {
    return failure(error);
  }
}

async function stream(answer: AsyncIterable<unknown>): Promise<Omit<OutcomeStep, "call">> {
  const items: unknown[] = [];
  try {
    for await (const item of answer) items.push(item);
    return { items, ends: "well" };
  } catch (error) {
    return { items, ends: failure(error).fails ?? "" };
  }
}

function failure(error: unknown): Omit<OutcomeStep, "call"> {
  if (!(error instanceof CallError)) throw error;
  const { code, message, detail, retryAfterMs = 0 } = error;
  return { fails: code, message, detail, retryAfterMs };
}
