/** One call by Cap'n Web. */
import { newWebSocketRpcSession } from "capnweb";

const api = newWebSocketRpcSession("wss://api.example.org");
console.log(await api.small({ id: 1, name: "Ada", active: true, score: 1.5, role: "admin" }));
