/** The tool `remember`: keeps a note, which is a resource from then on. */
import { Type } from "typebox";

import type { Notes } from "../resource/notes.ts";
import { type CallableTool, defineTool, NoAnswer } from "./tool.ts";

/** Makes the tool for one set of notes. */
export function remember(notes: Notes): CallableTool {
  return defineTool({
    name: "remember",
    title: "Remember",
    description:
      "Keeps a note under a name, instead of an earlier one of that name. It can be read as a resource.",
    input: Type.Object(
      {
        name: Type.String({ pattern: "^[a-z0-9-]{1,40}$" }),
        text: Type.String({ maxLength: 10_000 }),
      },
      { additionalProperties: false },
    ),
    effect: "writes",
    run({ name, text }) {
      const note = notes.write(name, text);
      if (note === undefined) throw new NoAnswer("There are too many notes already.");
      return { content: [{ type: "resource_link", name: note.name, uri: note.uri }] };
    },
  });
}
