/** A list that a server gives out page by page, read to its end. */

/** One page of resources, in any of the releases. */
interface ResourcePage {
  readonly resources: readonly { readonly uri: string }[];
  /** What to ask for the page after it; absent on the last one. */
  readonly nextCursor?: string;
}

/** Asks for page after page, and returns all resources as one. */
export async function everyResource(
  ask: (given: { readonly cursor?: string }) => Promise<ResourcePage>,
): Promise<{ readonly resources: ResourcePage["resources"] }> {
  const resources: ResourcePage["resources"][number][] = [];
  let page = await ask({});
  resources.push(...page.resources);
  while (page.nextCursor !== undefined) {
    page = await ask({ cursor: page.nextCursor });
    resources.push(...page.resources);
  }
  return { resources };
}
