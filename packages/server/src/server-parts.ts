/** What a server is made of. */
import type { Clock } from "@concordat/core/internal";

import type { AdmissionPolicy } from "./connection/admission.ts";
import type { Random } from "./random.ts";
import type { Retirement } from "./retirement/retirement.ts";
import type { Speaker } from "./retirement/speaker.ts";
import type { AllowedOrigins } from "./upgrade/origin.ts";

/** See `createServer` for the options that they come from. */
export interface ServerParts {
  readonly policy: AdmissionPolicy;
  readonly origins: AllowedOrigins;
  readonly refuseAt: "close" | "upgrade";
  readonly trustedProxies: number;
  readonly clock: Clock;
  readonly random: Random;
  /** The retirement of what it serves, once it is known who is connected. */
  readonly retirement: (speakers: ReadonlySet<Speaker>) => Retirement;
}
