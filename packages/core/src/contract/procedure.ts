/** One procedure as its author writes it. */
import type { TNever, TSchema } from "typebox";

import type { Deprecation } from "../error/deprecation.ts";
import type { ProcedureKind } from "./procedure-kind.ts";

/**
 * Limits that are part of the promise, and so are compared between releases. Nothing enforces them: middleware such as
 * `limitRate` does.
 */
export interface ProcedureLimits {
  /** How long a call may take, in milliseconds. Default: nothing is promised. */
  readonly timeoutMs?: number;
  /** How large a request may be, in bytes. Default: nothing is promised. */
  readonly requestBytes?: number;
  /** How often a caller may call. Default: nothing is promised. */
  readonly callsPerMinute?: number;
}

/** What can be said about a procedure of any kind. */
export interface ProcedureOptions<
  Request extends TSchema,
  Response extends TSchema,
  Errors extends Record<string, TSchema>,
> {
  /** The request; for a client or bidi stream each item of it. */
  readonly request: Request;
  /** The response; for a server or bidi stream each item of it. */
  readonly response: Response;
  /** Errors that callers may tell apart, with the schema of their payload. Names in snake_case. */
  readonly errors?: Errors;
  /** Whether making the call twice is the same as making it once. Only then is it ever repeated. Default false. */
  readonly idempotent?: boolean;
  /** Why and until when it is still there; callers hear it as a `notice`. Default: it is not deprecated. */
  readonly deprecated?: Deprecation;
  /**
   * Scopes that a caller needs, each of them: told in the stub, and compared between releases. A server asks for them
   * where it has the middleware `requireScopes`. Default: none.
   */
  readonly auth?: readonly string[];
  /** Limits that callers may rely on. Nothing enforces them. Default: none. */
  readonly limits?: ProcedureLimits;
  /** One or more sentences for those who call it. */
  readonly doc?: string;
}

/** A procedure of a contract. Made by {@link unary} and its siblings. */
export interface Procedure<
  Kind extends ProcedureKind = ProcedureKind,
  Request extends TSchema = TSchema,
  Response extends TSchema = TSchema,
  Errors extends Record<string, TSchema> = Record<string, TSchema>,
> extends ProcedureOptions<Request, Response, Errors> {
  readonly kind: Kind;
}

/** No named errors. */
export type NoErrors = Record<never, TSchema>;

/** One request, one response. */
export function unary<
  Request extends TSchema,
  Response extends TSchema,
  Errors extends Record<string, TSchema> = NoErrors,
>(
  options: ProcedureOptions<Request, Response, Errors>,
): Procedure<"unary", Request, Response, Errors> {
  return Object.freeze({ kind: "unary", ...options });
}

/** One request, a stream of response items. */
export function serverStream<
  Request extends TSchema,
  Response extends TSchema,
  Errors extends Record<string, TSchema> = NoErrors,
>(
  options: ProcedureOptions<Request, Response, Errors>,
): Procedure<"serverStream", Request, Response, Errors> {
  return Object.freeze({ kind: "serverStream", ...options });
}

/** A stream of request items, one response. */
export function clientStream<
  Request extends TSchema,
  Response extends TSchema,
  Errors extends Record<string, TSchema> = NoErrors,
>(
  options: ProcedureOptions<Request, Response, Errors>,
): Procedure<"clientStream", Request, Response, Errors> {
  return Object.freeze({ kind: "clientStream", ...options });
}

/** A stream of request items, a stream of response items, independent of each other. */
export function bidiStream<
  Request extends TSchema,
  Response extends TSchema,
  Errors extends Record<string, TSchema> = NoErrors,
>(
  options: ProcedureOptions<Request, Response, Errors>,
): Procedure<"bidiStream", Request, Response, Errors> {
  return Object.freeze({ kind: "bidiStream", ...options });
}

/** What can be said about a notification: one message that nobody answers. */
export interface NotificationOptions<Message extends TSchema> extends Pick<
  ProcedureOptions<Message, TNever, NoErrors>,
  "deprecated" | "auth" | "limits" | "doc"
> {
  /** The message. */
  readonly message: Message;
}

/** The side of a notification from which nothing comes; a release document says `false` there. */
// TypeBox marks its schemas with a kind that nobody reads here, and that an object cannot be written with.
const noMessage = Object.freeze({ not: {} }) as TNever;

/** One message from a client to the server, which nobody answers: the handler runs, and that is all. */
export function clientNotification<Message extends TSchema>(
  options: NotificationOptions<Message>,
): Procedure<"clientNotification", Message, TNever, NoErrors> {
  const { message, ...rest } = options;
  return Object.freeze({
    kind: "clientNotification",
    request: message,
    response: noMessage,
    ...rest,
  });
}

/** One message from the server to clients, which nobody answers: those that listen are told. */
export function serverNotification<Message extends TSchema>(
  options: NotificationOptions<Message>,
): Procedure<"serverNotification", TNever, Message, NoErrors> {
  const { message, ...rest } = options;
  return Object.freeze({
    kind: "serverNotification",
    request: noMessage,
    response: message,
    ...rest,
  });
}
