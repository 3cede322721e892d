/** `@concordat/testing`: time that you move, pipes without a network, and a server that may lie. */

export { FakeClock, settle } from "./fake-clock.ts";
export { MemoryTransport } from "@concordat/core/internal";
export { inEncoding } from "./in-encoding.ts";
export { memoryTransports } from "@concordat/core/transport";
export {
  type MemorySocketEvent,
  MemoryUpgrade,
  MemoryWebSocket,
  memoryWebSocket,
  type MemoryWebSocketConstructor,
} from "./memory-websocket.ts";
export { type FrameOf, ScriptedPeer } from "./scripted-peer.ts";
export { type SeededRandom, seededRandom } from "./seeded-random.ts";
export { type NetworkOptions, type NetworkWeather, SimulatedNetwork } from "./simulated-network.ts";
export { type OpenPipe, type TransportCase, transportCases } from "./transport-cases.ts";
