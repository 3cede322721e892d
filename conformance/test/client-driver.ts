/** What a client under test has to offer to the cases. */
import type { CallStep, OutcomeStep, RefusalStep } from "./case.ts";

/** A client, dialling. */
export interface ClientDriver {
  /** Settles when it was welcomed; not at all, or with an error, where it never is. */
  readonly welcomed: Promise<unknown>;
  /** What its application learnt of the refusal. */
  readonly refused: Promise<Required<Pick<RefusalStep, "code">> & RefusalStep>;
  /** Sends fresh credentials. After the welcome only. */
  renew(credentials: unknown): void;
  /** Makes a call. After the welcome only. */
  call(step: CallStep): DrivenCall;
}

/** A call, from the application's side. */
export interface DrivenCall {
  readonly outcome: Promise<Omit<OutcomeStep, "call">>;
  cancel(): void;
}

/** Makes a client that dials. */
export type DialClient = (url: string) => ClientDriver;
