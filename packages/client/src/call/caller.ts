/** What all calls of one client share. */
import type { Limits } from "@concordat/core";
import type { Clock } from "@concordat/core/internal";
import type { Inbox } from "../notification/inbox.ts";
import type { TopicOptions } from "../notification/topic.ts";
import type { ResolvedDefaults } from "./call-defaults.ts";
import type { Retries } from "./retries.ts";
import type { Connector } from "../connection/connector.ts";
import type { CodecDesk } from "./procedure.ts";

/** The surroundings of a call. */
export interface Caller {
  readonly desk: CodecDesk;
  readonly connector: Pick<Connector, "submit" | "putBack" | "withdraw" | "negotiated">;
  readonly clock: Clock;
  readonly limits: Limits;
  readonly retries: Retries;
  /** Where the server's notifications go. */
  readonly inbox: Inbox;
  /** What whoever listens to them needs. */
  readonly listening: Omit<TopicOptions, "procedure">;
  /** What holds for the calls of a procedure, by its path. */
  readonly defaultsOf: (path: string) => ResolvedDefaults;
  /** Runs the application's callbacks; what they throw stays out of here. */
  readonly guard: (run: () => void) => void;
}
