/** What every result of this server says beside what was asked for. */
import type { Implementation, ResultMetaObject } from "../generated/mcp/types.ts";

/** Who answers. */
const serverInfo: Implementation = {
  name: "concordat-example-mcp",
  title: "Concordat's example server",
  version: "0.1.0",
};

/** Members of every result. */
interface Complete {
  readonly resultType: "complete";
  readonly _meta: ResultMetaObject;
}

/** Members of a result that may be kept. */
interface Cached extends Complete {
  readonly ttlMs: number;
  readonly cacheScope: "public";
}

/** A result that is the whole answer. */
export function complete<Result extends object>(result: Result): Result & Complete {
  const meta = { "io.modelcontextprotocol/serverInfo": serverInfo };
  return { ...result, resultType: "complete", _meta: meta };
}

/** A result that anybody may keep for a while, because it is the same for everybody. */
export function cached<Result extends object>(result: Result, ttlMs: number): Result & Cached {
  return { ...complete(result), ttlMs, cacheScope: "public" };
}
