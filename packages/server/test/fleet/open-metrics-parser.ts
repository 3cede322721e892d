/** Reads OpenMetrics text as strictly as the specification writes it; throws at the first line that breaks it. */

/** One sample with its labels. */
export interface Sample {
  readonly name: string;
  readonly labels: ReadonlyMap<string, string>;
  readonly value: number;
}

/** One family: its samples are together, and no other family has its name. */
export interface Family {
  readonly name: string;
  readonly type: string;
  readonly help: string;
  readonly samples: readonly Sample[];
}

const nameGrammar = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/;
const labelNameGrammar = /^[a-zA-Z_][a-zA-Z0-9_]*/;
const numberGrammar = /^[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
const suffixOf = new Map([
  ["counter", "_total"],
  ["gauge", ""],
  ["info", "_info"],
]);

/** The families of a text. */
export function familiesFrom(text: string): ReadonlyMap<string, Family> {
  if (!text.endsWith("# EOF\n")) throw new Error("The text does not end in # EOF and a line feed.");
  const lines = text.slice(0, -1).split("\n");
  const families = new Map<string, Family & { samples: Sample[] }>();
  let current: (Family & { samples: Sample[] }) | undefined;
  for (const [index, line] of lines.entries()) {
    if (line === "# EOF") {
      if (index !== lines.length - 1) throw new Error("Something follows # EOF.");
    } else if (line.startsWith("# TYPE ")) {
      const [, , name = "", type = "", ...more] = line.split(" ");
      if (!nameGrammar.test(name) || !suffixOf.has(type) || more.length > 0) throw new Error(line);
      if (families.has(name)) throw new Error(`${name} comes twice`);
      if (type === "counter" && name.endsWith("_total")) throw new Error(`${name} has its suffix`);
      current = { name, type, help: "", samples: [] };
      families.set(name, current);
    } else if (line.startsWith("# HELP ")) {
      const help = new RegExp(`^# HELP ${current?.name} (.*)$`).exec(line)?.[1];
      if (current === undefined || help === undefined || current.samples.length > 0)
        throw new Error(line);
      current = { ...current, help: unescaped(help) };
      families.set(current.name, current);
    } else {
      if (current === undefined) throw new Error(`${line} belongs to nothing`);
      const sample = sampleFrom(line);
      if (sample.name !== current.name + suffixOf.get(current.type))
        throw new Error(`${line} is astray`);
      if (current.type === "counter" && !(sample.value >= 0))
        throw new Error(`${line} is below zero`);
      const key = keyOf(sample);
      if (current.samples.some((other) => keyOf(other) === key))
        throw new Error(`${line} comes twice`);
      current.samples.push(sample);
    }
  }
  return families;
}

function keyOf({ labels }: Sample): string {
  return JSON.stringify(
    Array.from(labels, ([name, value]) => `${name}=${value}`).toSorted((one, other) =>
      one < other ? -1 : 1,
    ),
  );
}

function sampleFrom(line: string): Sample {
  const name = /^[a-zA-Z_:][a-zA-Z0-9_:]*/.exec(line)?.[0] ?? "";
  let rest = line.slice(name.length);
  const labels = new Map<string, string>();
  if (rest.startsWith("{")) {
    rest = rest.slice(1);
    while (!rest.startsWith("}")) {
      const label = labelNameGrammar.exec(rest)?.[0];
      const value = /^="((?:[^"\\\n]|\\[\\"n])*)"/.exec(rest.slice(label?.length));
      if (label === undefined || value === null || labels.has(label)) throw new Error(line);
      labels.set(label, unescaped(value[1] ?? ""));
      rest = rest.slice(label.length + value[0].length);
      if (rest.startsWith(",")) rest = rest.slice(1);
      else if (!rest.startsWith("}")) throw new Error(line);
    }
    rest = rest.slice(1);
  }
  const number = rest.slice(1);
  if (name === "" || !rest.startsWith(" ") || !numberGrammar.test(number)) throw new Error(line);
  return { name, labels, value: Number(number) };
}

function unescaped(text: string): string {
  return text.replaceAll(/\\([\\"n])/g, (_, character: string) =>
    character === "n" ? "\n" : character,
  );
}
