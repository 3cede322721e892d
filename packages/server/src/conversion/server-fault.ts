/** This server broke one of its own promises in a call: told to the log in full, to the caller as `internal`. */

/** What went wrong, where. */
export class ServerFault extends Error {
  override name = "ServerFault";
  /** Where in the message, as a JSON pointer; an empty string where that says nothing. */
  readonly path: string;

  constructor(message: string, path = "") {
    super(message);
    this.path = path;
  }
}
