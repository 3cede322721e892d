/** How procedures look to those who call them and to those who implement them: types only. */
import type { Static, TSchema } from "typebox";

import type { CallOptions, Context } from "./context.ts";
import type { NotificationSource, SendNotification, SendOptions } from "./notification.ts";
import type { Procedure } from "./procedure.ts";

/** Procedures by name; groups nest, and join their names with `/`. */
export interface ProcedureTree {
  readonly [name: string]: Procedure | ProcedureTree;
}

/** Items that a caller or a handler streams: anything that `for await` takes. */
export type Items<T> = AsyncIterable<T> | Iterable<T>;

/** One procedure, as its caller sees it. */
export type CallerOf<P extends Procedure> =
  P extends Procedure<infer Kind, infer Request, infer Response>
    ? {
        unary: (request: Static<Request>, options?: CallOptions) => Promise<Static<Response>>;
        serverStream: (
          request: Static<Request>,
          options?: CallOptions,
        ) => AsyncIterable<Static<Response>>;
        clientStream: (
          requests: Items<Static<Request>>,
          options?: CallOptions,
        ) => Promise<Static<Response>>;
        bidiStream: (
          requests: Items<Static<Request>>,
          options?: CallOptions,
        ) => AsyncIterable<Static<Response>>;
        clientNotification: (message: Static<Request>, options?: SendOptions) => Promise<void>;
        serverNotification: NotificationSource<Static<Response>>;
      }[Kind]
    : never;

/** One procedure, as its implementer sees it. */
export type HandlerOf<P extends Procedure> =
  P extends Procedure<infer Kind, infer Request, infer Response>
    ? {
        unary: (
          request: Static<Request>,
          context: Context,
        ) => Promise<Static<Response>> | Static<Response>;
        serverStream: (request: Static<Request>, context: Context) => Items<Static<Response>>;
        clientStream: (
          requests: AsyncIterable<Static<Request>>,
          context: Context,
        ) => Promise<Static<Response>> | Static<Response>;
        bidiStream: (
          requests: AsyncIterable<Static<Request>>,
          context: Context,
        ) => Items<Static<Response>>;
        clientNotification: (message: Static<Request>, context: Context) => Promise<void> | void;
        serverNotification: never;
      }[Kind]
    : never;

/** All procedures of a tree, as their caller sees them. */
export type CallersOf<Tree extends ProcedureTree> = {
  readonly [Name in keyof Tree]: Tree[Name] extends Procedure
    ? CallerOf<Tree[Name]>
    : Tree[Name] extends ProcedureTree
      ? CallersOf<Tree[Name]>
      : never;
};

/** All procedures of a tree that are implemented, as their implementer sees them. */
export type HandlersOf<Tree extends ProcedureTree> = {
  readonly [
    Name in keyof Tree as IsHandled<Tree[Name]> extends true ? Name : never
  ]: Tree[Name] extends Procedure
    ? HandlerOf<Tree[Name]>
    : Tree[Name] extends ProcedureTree
      ? HandlersOf<Tree[Name]>
      : never;
};

/** Whether there is something to implement: not where the server is the one that tells. */
type IsHandled<Member> =
  Member extends Procedure<infer Kind>
    ? Kind extends "serverNotification"
      ? false
      : true
    : Member extends ProcedureTree
      ? keyof HandlersOf<Member> extends never
        ? false
        : true
      : false;

/** All server notifications of a tree, as functions that send them. */
export type NotifiersOf<Tree extends ProcedureTree> = {
  readonly [
    Name in keyof Tree as IsTold<Tree[Name]> extends true ? Name : never
  ]: Tree[Name] extends Procedure<"serverNotification", infer _Nothing, infer Message>
    ? SendNotification<Static<Message>>
    : Tree[Name] extends ProcedureTree
      ? NotifiersOf<Tree[Name]>
      : never;
};

type IsTold<Member> =
  Member extends Procedure<infer Kind>
    ? Kind extends "serverNotification"
      ? true
      : false
    : Member extends ProcedureTree
      ? keyof NotifiersOf<Member> extends never
        ? false
        : true
      : false;

/** The static type of a schema. */
export type ValueOf<Schema extends TSchema> = Static<Schema>;
