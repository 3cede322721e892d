/** One message of two releases. */
import type { SchemaNode } from "../normal/node.ts";
import type { Position } from "./change.ts";

/** One message as it was and as it is. */
export interface MessagePair {
  readonly before: SchemaNode;
  readonly after: SchemaNode;
  readonly position: Position;
  /** Whether a client sends it. */
  readonly isRequest: boolean;
  readonly procedure?: string;
  readonly error?: string;
}
