/** The tool `digest`: a cryptographic hash of a text. */
import { createHash } from "node:crypto";
import { Type } from "typebox";

import { defineTool, textContent } from "./tool.ts";

export const digest = defineTool({
  name: "digest",
  title: "Digest",
  description: "The hash of a text in UTF-8, in hexadecimal digits.",
  input: Type.Object(
    {
      text: Type.String({ maxLength: 100_000 }),
      algorithm: Type.Optional(Type.Enum(["sha256", "sha512"])),
    },
    { additionalProperties: false },
  ),
  output: Type.Object({ algorithm: Type.String(), hex: Type.String() }),
  run({ text, algorithm = "sha256" }) {
    const hex = createHash(algorithm).update(text, "utf8").digest("hex");
    return { content: [textContent(hex)], structuredContent: { algorithm, hex } };
  },
});
