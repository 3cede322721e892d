/** How far calls of a procedure get. */

/** What the calls of a plan may run in the newest release: whoever guards one of these has to be asked. */
export interface Reach {
  /** Contract and procedure of each handler. */
  readonly handlers: readonly string[];
  /** The scopes that a caller needs for them. */
  readonly scopes: readonly string[];
}
