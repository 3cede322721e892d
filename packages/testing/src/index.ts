/** `@concordat/testing`: time that you move, pipes without a network, peers that may lie, and cases for your own transport. */

export { type CallCase, callCases, type CallPlace } from "./call-cases.ts";
export { FakeClock, settle } from "./fake-clock.ts";
export { MemoryTransport } from "@concordat/core/internal";
export { inEncoding } from "./in-encoding.ts";
export { LeakCheck, type WatchedClient, type WatchedServer } from "./leak-check.ts";
export type { ListenerTarget } from "./listener-count.ts";
export { memoryTransports } from "@concordat/core/transport";
export {
  type MemorySocketEvent,
  MemoryUpgrade,
  MemoryWebSocket,
  memoryWebSocket,
  type MemoryWebSocketConstructor,
} from "./memory-websocket.ts";
export { ScriptedCaller, type ScriptedRequest } from "./scripted-caller.ts";
export { type FrameOf, ScriptedPeer } from "./scripted-peer.ts";
export { type SeededRandom, seededRandom } from "./seeded-random.ts";
export { type NetworkOptions, type NetworkWeather, SimulatedNetwork } from "./simulated-network.ts";
export { type OpenPipe, type TransportCase, transportCases } from "./transport-cases.ts";
export { type Clock, type Frame, offeredEncodings as encodings } from "@concordat/core/internal";
export type { Transport } from "@concordat/core/transport";
