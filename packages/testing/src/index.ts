/** `@concordat/testing`: time that you move, and pipes without a network. */

export { FakeClock, settle } from "./fake-clock.ts";
export { MemoryTransport, memoryTransports } from "./memory-transport.ts";
