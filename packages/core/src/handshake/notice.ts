/** Something a person should know about what is spoken: in a welcome, and as a frame while the connection lives. */
import type { Deprecation } from "../error/deprecation.ts";
import { present } from "../error/present.ts";
import {
  amount,
  isObject,
  type JsonMessage,
  jsonMessage,
  member,
  text,
  textsOf,
  webUrl,
} from "./json-message.ts";

/** A deprecation with what it is about. */
export interface Notice extends Deprecation {
  /** The contract that it is about; absent where it is about none. */
  readonly contract?: string;
  /** The negotiated release that it is said of. */
  readonly release?: string;
  /** The procedure, where it was a call that led to it. */
  readonly procedure?: string;
  /** How long this connection still serves the release, in milliseconds: left, not clock time. */
  readonly withinMs?: number;
}

/** A deprecation, without whatever in it is not text. */
function deprecationFromJson(json: JsonMessage): Deprecation {
  return {
    ...textsOf(json, ["since", "deprecated", "sunset", "successor", "message"]),
    ...present({ url: webUrl(text(json, "url")) }),
  };
}

/** The deprecation that a member holds, or `undefined`. */
export function deprecationIn(json: JsonMessage, name: string): Deprecation | undefined {
  const value = member(json, name);
  return isObject(value) ? deprecationFromJson(value) : undefined;
}

/** A notice from the text of its frame, or `undefined` where there is none in it: nothing depends on it. */
export function noticeFromText(frame: string, maxBytes: number): Notice | undefined {
  try {
    return noticeFromJson(jsonMessage(frame, maxBytes));
  } catch {
    return undefined;
  }
}

function noticeFromJson(json: JsonMessage): Notice {
  return {
    ...deprecationFromJson(json),
    ...textsOf(json, ["contract", "release"], 64),
    ...textsOf(json, ["procedure"], 200),
    ...present({ withinMs: amount(json, "withinMs") }),
  };
}
