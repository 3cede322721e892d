/** The wait before a call is made again. */
import type { WaitingCall } from "../connection/pending-calls.ts";
import type { Caller } from "./caller.ts";

/**
 * Submits a call when its wait is over, or the client takes no more calls: it fails then, as all that wait do.
 *
 * @returns what calls it off.
 */
export function submitLater(
  { clock, connector, listeners }: Caller,
  call: WaitingCall,
  waitMs: number,
): () => void {
  const callOffTimer = clock.wakeAt(clock.now() + waitMs, submit);
  const stopListening = listeners.on("state", (state) => {
    if (state === "closed" || state === "refused") submit();
  });
  return callOff;

  function submit(): void {
    callOff();
    connector.submit(call);
  }

  function callOff(): void {
    callOffTimer();
    stopListening();
  }
}
