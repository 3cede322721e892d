/** `@concordat/core/transport`: pipes that carry a connection, for `server.accept` and a client's `connect`. */

export { CallbackTransport, type SocketCalls } from "./transport/callback-transport.ts";
export { memoryTransports, type MemoryTransport } from "./transport/memory-transport.ts";
export {
  type EmittingPort,
  type MessagePortShape,
  messagePortTransport,
  type PortCalls,
  type PortEventName,
  type PortListener,
  type StandardPort,
} from "./transport/message-port-transport.ts";
export type { Transport, TransportListener } from "./transport/transport.ts";
export {
  type ServerWebSocketShape,
  type SocketClose,
  type SocketEventName,
  type SocketListener,
  type SocketMessage,
  type WebSocketShape,
  webSocketTransport,
} from "./transport/web-socket-transport.ts";
