/** What a contract says about a procedure, as a comment for those who call or implement it. */
import type { Deprecation } from "@concordat/core";

import { paragraphsOf, untagged } from "./doc-comment.ts";
import type { NamedProcedure } from "./procedure-tree.ts";
import type { ReleaseNames } from "./release-names.ts";

/** What callers read: the text, what it takes to call it, and how it may fail. */
export function callerDoc(
  { name, procedure }: NamedProcedure,
  names: ReleaseNames,
): readonly string[] | undefined {
  const { doc, deprecated, auth = [] } = procedure;
  const tags = [...names.procedure(name).errors].map(([error, payload]) => {
    const type = payload.name === undefined ? "" : `, a ${payload.name}`;
    return `@throws ConcordatError with the detail \`${error}\`${type}.`;
  });
  const scopes = auth.length === 0 ? undefined : `Needs ${auth.map(untagged).join(", ")}.`;
  return paragraphsOf([doc && untagged(doc), scopes], [...tags, ...deprecationTag(deprecated)]);
}

/** What implementers read. */
export function handlerDoc({ procedure }: NamedProcedure): readonly string[] | undefined {
  const { doc, deprecated } = procedure;
  return paragraphsOf([doc && untagged(doc)], deprecationTag(deprecated));
}

function deprecationTag(deprecation: Deprecation | undefined): string[] {
  if (deprecation === undefined) return [];
  const { since, sunset, successor, message, url } = deprecation;
  const parts = [
    since && `Since ${since}.`,
    sunset && `Served until ${sunset}.`,
    successor && `Use ${successor}.`,
    message,
    url,
  ];
  const text = parts.filter((part) => part !== undefined && part !== "").join(" ");
  // A second line would end the tag.
  return [`@deprecated ${untagged(text.replaceAll(/\s+/g, " "))}`.trimEnd()];
}
