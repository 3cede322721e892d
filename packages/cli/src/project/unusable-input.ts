/** Why a command cannot do its work with what it was given. */

/** Input that cannot be used: the message says what it is and what to do. Ends the command with status 2. */
export class UnusableInput extends Error {
  override name = "UnusableInput";
  /** The file that it is about, for annotations; absent for arguments. */
  readonly file: string | undefined;

  constructor(message: string, file?: string) {
    super(message);
    this.file = file;
  }
}
