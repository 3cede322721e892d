/** The one function that makes a client. */
import { ConcordatError } from "@concordat/core";
import {
  notificationPart,
  present,
  slowReader,
  streamPart,
  tablePart,
} from "@concordat/core/internal";
import { checkDefaults, defaultsOf } from "./call/call-defaults.ts";
import { type Client, type ReservedKey, reservedKeys } from "./client.ts";
import type { ClientOptions, ConnectOptions, ContractMap } from "./client-options.ts";
import { subprotocolsOf } from "./connection/subprotocols.ts";
import { interceptedFunction } from "./interceptor/intercepted-function.ts";
import { memberOfEveryKind } from "./kind/every-kind.ts";
import { makeClient } from "./make-client.ts";
import { ownContracts } from "./own-contracts.ts";
import { pipeWay } from "./socket/pipe-way.ts";
import { platformWay } from "./socket/platform-way.ts";

/**
 * Makes a client. It dials at the first call, or at `connect()`.
 *
 * @throws ConcordatError `failed_precondition` where there is no WebSocket, `invalid_argument` where a contract is none
 * that a client can call, its key is taken by the client itself, two keys name one contract, or a number or a list is none.
 * @throws RangeError where a limit is no positive whole number.
 */
export function createClient<const Contracts extends ContractMap>(
  options: (ClientOptions<Contracts> | ConnectOptions<Contracts>) & {
    readonly contracts: { readonly [Key in ReservedKey]?: never };
  },
): Client<Contracts> {
  const { timeoutMs, retry, calls = {}, interceptors = [], connect } = options;
  const own = ownContracts(options.contracts);
  checkKeys(options.contracts);
  const general = present({ timeoutMs, retry });
  checkDefaults(calls, own.flatMap(pathsOf));
  if (!Array.isArray(interceptors))
    throw new ConcordatError("invalid_argument", "The option interceptors is no list.");
  return makeClient<Contracts>(options, {
    loaded: { links: { ...tablePart, ...streamPart, ...notificationPart }, watch: slowReader },
    own,
    wayOf: (bounds) =>
      connect === undefined ? platformWay(options, subprotocolsOf(own), bounds) : pipeWay(connect),
    memberOf: (caller, bound) =>
      interceptors.length === 0 || bound.kind === "serverNotification"
        ? memberOfEveryKind(caller, bound)
        : interceptedFunction(interceptors, caller, bound),
    defaultsOf: (path, { metadataBytes }) => defaultsOf(path, general, calls, metadataBytes),
  });
}

function pathsOf({ name, procedures }: ContractMap[string]): readonly string[] {
  return procedures.map((procedure) => `${name}/${procedure.name}`);
}

/** Also said to callers that no compiler has looked at. */
function checkKeys(contracts: ContractMap): void {
  const reserved: readonly string[] = reservedKeys;
  for (const [key, { name }] of Object.entries(contracts)) {
    if (!reserved.includes(key)) continue;
    const message = `The contract ${name} cannot be called "${key}" on the client, which has that itself; choose another key.`;
    throw new ConcordatError("invalid_argument", message);
  }
}
