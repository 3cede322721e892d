/** Every limit on size, depth, count and time. What each is for is said in `reference/limits.ts`. */

/** What holds where nobody says otherwise, on both sides. Each can be set with the server's or client's `limits` option. */
export const sharedLimitDefaults = {
  handshakeBytes: 16_384,
  handshakeMs: 5_000,
  messageBytes: 1_048_576,
  depth: 64,
  values: 262_144,
  framesPerMessage: 16_384,
  metadataBytes: 8_192,
  callsInFlight: 1_024,
  callsPerConnection: 2_147_483_647,
  earlyBytes: 65_536,
  streamWindowBytes: 262_144,
  connectionWindowBytes: 1_048_576,
  bufferedBytes: 8_388_608,
  slowMs: 10_000,
  replayBytes: 2_097_152,
  keepAliveMs: 25_000,
  closeMs: 2_000,
} as const;

/** What only a server bounds. */
const serverLimitDefaults = {
  handshakes: 10_000,
  connections: 1_000_000,
  connectionsPerAddress: 20_000,
  framesPerSecond: 250_000,
  heldRequestBytes: 16_777_216,
  graceMs: 30_000,
  detachedSessions: 1_000,
  fleetClients: 200,
  fleetRows: 10_000,
} as const;

/** All of them. Marked for bundlers: a page's client has no use for it. */
export const limitDefaults: typeof sharedLimitDefaults & typeof serverLimitDefaults =
  /* @__PURE__ */ Object.assign({}, sharedLimitDefaults, serverLimitDefaults);

/** The name of a limit. */
export type LimitName = keyof typeof limitDefaults;

/** A value for every limit. */
export type Limits = Readonly<Record<LimitName, number>>;

/** A value for each of those that both sides have. */
export type SharedLimits = Pick<Limits, keyof typeof sharedLimitDefaults>;

/**
 * The defaults with some limits replaced.
 *
 * @throws RangeError when a value is not a positive whole number, or there is no limit of a name.
 */
export function limitsWith(chosen: Partial<Limits> = {}): Limits {
  for (const name of Object.keys(chosen))
    if (!Object.hasOwn(limitDefaults, name))
      throw new RangeError(`There is no limit ${JSON.stringify(name)}.`);
  return chosenOf(limitDefaults, chosen);
}

/**
 * The same for a client. Other names than those that both sides have are not looked at.
 *
 * @throws RangeError when a value is not a positive whole number.
 */
export function sharedLimitsWith(chosen?: Partial<Limits>): SharedLimits {
  return chosenOf(sharedLimitDefaults, chosen);
}

function chosenOf<Name extends LimitName>(
  defaults: Readonly<Record<Name, number>>,
  chosen: Partial<Limits> = {},
): Readonly<Record<Name, number>> {
  const names = Object.keys(defaults) as Name[]; // the table's own keys
  const entries = names.map((name) => {
    const value = chosen[name] ?? defaults[name];
    if (!Number.isSafeInteger(value) || value < 1) {
      throw new RangeError(`The limit ${name} must be a positive whole number, not ${value}.`);
    }
    return [name, value] as const;
  });
  return Object.freeze(Object.fromEntries(entries) as Record<Name, number>); // one entry for each name
}

/**
 * The limits that bind the other side. They travel in the handshake, so that neither side sends what the other
 * will refuse.
 */
const announced = [
  "messageBytes",
  "metadataBytes",
  "callsInFlight",
  "streamWindowBytes",
  "connectionWindowBytes",
  "keepAliveMs",
] as const satisfies readonly LimitName[];

/** A value for each limit that binds the other side. */
export type PeerLimits = Pick<Limits, (typeof announced)[number]>;

/** The announced limits, each from `valueOf`. */
export function announce(valueOf: (name: keyof PeerLimits) => number): PeerLimits {
  const limits = {} as Record<keyof PeerLimits, number>; // has all of them below
  for (const name of announced) limits[name] = valueOf(name);
  return limits;
}
