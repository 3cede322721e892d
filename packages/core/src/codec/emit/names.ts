/** Names for functions and constants of emitted code. */

/** Gives out a name that is still free: the one that was wished for, where it is. */
export type Claim = (wish: string) => string;

/** `tool-box` becomes `ToolBox`. */
export function capitalized(text: string): string {
  const pieces = text.split(/[^A-Za-z0-9]+/).filter((piece) => piece !== "");
  return pieces.map((piece) => piece.charAt(0).toUpperCase() + piece.slice(1)).join("");
}

/** `ToolBox` and `Choices` become `toolBoxChoices`. */
export function constantNameOf(text: string, suffix: string): string {
  const name = capitalized(text);
  const isWord = /^[A-Za-z]/.test(name);
  return (isWord ? name.charAt(0).toLowerCase() + name.slice(1) : `_${name}`) + suffix;
}

/** Names that mean something else in every function, or in JavaScript. */
const taken: ReadonlySet<string> = new Set(
  `at bits count error from has index items list members name names object others to value arguments as async await
  break case catch class const continue debugger default delete do else enum eval export extends false finally
  for function get if implements import in instanceof interface let new null of package private protected public
  return set static super switch this throw true try type typeof undefined var void while with yield`.split(
    /\s+/,
  ),
);

/** What may name something else outside of a function. */
const outside = /^(?:read|write|has\d)|(?:Choices|Variants|Others|Pattern|Shape)$/;

/** A name for the value of a property within a function. `isTaken` says what the runtime's functions are called. */
export function localName(
  property: string,
  index: number,
  isTaken: (name: string) => boolean,
): string {
  const isFree = /^[A-Za-z_$][A-Za-z0-9_$]*$/.test(property) && !taken.has(property);
  return isFree && !outside.test(property) && !isTaken(property) ? property : `field${index}`;
}
