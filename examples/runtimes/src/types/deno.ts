/** As much of Deno 2 as the example uses; Deno brings its own types. */

export type DenoHandler = (
  request: Request,
  info: { readonly remoteAddr: { readonly hostname: string } },
) => Response;

declare global {
  const Deno: {
    serve(options: { readonly port: number }, handler: DenoHandler): unknown;
    upgradeWebSocket(request: Request): {
      readonly socket: WebSocket;
      readonly response: Response;
    };
  };
}
