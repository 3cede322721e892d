/** A client's notes on its own calls, handed to the demonstration at the end. */
import { type ClientLife, ConcordatError, RefusedError } from "@concordat/client";

import type { CallReport, ClientReport, RefusalReport } from "./client-report.ts";
import type { SocketWatch } from "./watched-websocket.ts";

/** The notes of one client. */
export class Journal {
  readonly #calls: CallReport[] = [];
  #refusal: RefusalReport | undefined;

  constructor() {
    // Whoever started this program may be gone, now or later: nobody will read the notes then.
    if (process.send !== undefined && !process.connected) process.exit();
    process.once("disconnect", () => process.exit());
  }

  /** Notes how a call ends; what `seen` makes of its answer is for people. */
  async note<Answer>(
    call: string,
    made: Promise<Answer>,
    seen: (answer: Answer) => string,
  ): Promise<void> {
    try {
      this.#calls.push({ call, outcome: "ok", saw: seen(await made) });
    } catch (error) {
      if (!(error instanceof ConcordatError)) throw error; // a defect of the client's program
      if (error instanceof RefusedError) this.#refusal = refusalIn(error);
      this.#calls.push({ call, outcome: error.code, saw: error.rawMessage });
    }
  }

  /** Hands the notes to the program that started this one, or to the person who did, and ends the client. */
  async handIn(release: string, client: ClientLife, watch: SocketWatch): Promise<void> {
    const { ended, dials } = watch;
    const report: ClientReport = {
      release,
      negotiated: client.releases.get("mcp") ?? "",
      calls: this.#calls,
      refusal: this.#refusal,
      ended,
      dials,
    };
    await client.close();
    if (process.send === undefined) console.log(report);
    else process.send(report, () => process.disconnect());
  }
}

function refusalIn(error: RefusedError): RefusalReport {
  const { name, closeCode, mustMove = "", rawMessage, upgradeUrl = "" } = error;
  return { error: name, closeCode, mustMove, message: rawMessage, upgradeUrl };
}
