/** The tool `tone`: a sine tone to listen to. */
import { Type } from "typebox";

import { defineTool } from "./tool.ts";
import { sineWave } from "./wave.ts";

export const tone = defineTool({
  name: "tone",
  title: "Tone",
  description: "A sine tone of a frequency in Hz, as sound.",
  input: Type.Object(
    {
      frequencyHz: Type.Number({ minimum: 20, maximum: 4_000 }),
      durationMs: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000 })),
    },
    { additionalProperties: false },
  ),
  run({ frequencyHz, durationMs = 100 }) {
    const data = sineWave(frequencyHz, durationMs).toString("base64");
    return { content: [{ type: "audio", data, mimeType: "audio/wav" }] };
  },
});
