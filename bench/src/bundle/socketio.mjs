/** One event that is acknowledged, by socket.io. */
import { io } from "socket.io-client";

const socket = io("wss://api.example.org", { transports: ["websocket"] });
const small = { id: 1, name: "Ada", active: true, score: 1.5, role: "admin" };
console.log(await socket.timeout(5_000).emitWithAck("small", small));
