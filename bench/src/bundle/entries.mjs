/** What is bundled: for each contender a program that makes one call. */

/** @type {readonly { name: string, title: string }[]} Each in a file of its name beside this one. */
export const entries = [
  { name: "concordat-lean", title: "**Concordat**, the client for pages" },
  { name: "concordat", title: "**Concordat**" },
  {
    name: "concordat-upgrade",
    title: "**Concordat**, and a page that reloads itself when it must",
  },
  { name: "concordat-free", title: "**Concordat**, a contract with free-form values" },
  { name: "graphqlws", title: "graphql-ws" },
  { name: "trpc", title: "tRPC" },
  { name: "orpc", title: "oRPC" },
  { name: "rpcws", title: "rpc-websockets" },
  { name: "socketio", title: "socket.io" },
  { name: "capnweb", title: "Cap'n Web" },
  { name: "connect", title: "Connect" },
  { name: "river", title: "River" },
];
