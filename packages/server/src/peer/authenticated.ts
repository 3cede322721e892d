/** A principal with what is known of it beside: until when it is proved, and who it is. */
import { checkNames } from "../option-value.ts";
import { disown, isThenable } from "../thenable.ts";

/** What can be said of a principal. */
export interface AuthenticatedOptions {
  /**
   * When the credentials end, in milliseconds since 1970 (a JWT's `exp` times 1,000). Default: never.
   *
   * The client is told, and sends fresh ones in time. Where it does not, the connection is closed with 4501 at this very time.
   */
  readonly expiresAt?: number;
  /**
   * Who the principal is: the same text for the same caller, whatever else its credentials say. Default: the principal
   * itself as JSON, where it is plain data.
   *
   * Sessions go on, and credentials are renewed, only for the same caller. Needed where a principal is an instance of
   * a class, or holds what changes with each token.
   */
  readonly identity?: string;
}

/** A principal that expires, or that has a name. Made by {@link authenticated}. */
export class Authenticated {
  /** What handlers find as `context.peer.principal`. */
  readonly principal: unknown;
  /** When the credentials end, in milliseconds since 1970; `undefined` for never. */
  readonly expiresAt: number | undefined;
  /** Who the principal is, where `authenticate` said so. */
  readonly identity: string | undefined;

  constructor(principal: unknown, { expiresAt, identity }: AuthenticatedOptions) {
    this.principal = principal;
    this.expiresAt = expiresAt;
    this.identity = identity;
  }
}

/** All there are. An end that is misspelt would be none. */
const names: { readonly [Name in keyof Required<AuthenticatedOptions>]: true } = {
  expiresAt: true,
  identity: true,
};

/**
 * What `authenticate` returns where there is more to say than who is calling.
 *
 * @throws TypeError when `expiresAt` is no number: a time that nobody can read must not become "never". Nor must `identity` be no text,
 * or the principal a promise: what it rejects with would be heard by nobody. RangeError for an option that there is not.
 */
export function authenticated(principal: unknown, options: AuthenticatedOptions): Authenticated {
  checkNames(names, options);
  const { expiresAt, identity } = options;
  if (isThenable(principal)) {
    disown(principal);
    throw new TypeError(
      "The principal is a promise: without an await before it, nobody is turned away.",
    );
  }
  if (expiresAt !== undefined && (typeof expiresAt !== "number" || Number.isNaN(expiresAt))) {
    throw new TypeError("expiresAt is not a number of milliseconds since 1970.");
  }
  if (identity !== undefined && typeof identity !== "string")
    throw new TypeError("identity is no text: whoever has another one could not be told apart.");
  return new Authenticated(principal, options);
}
