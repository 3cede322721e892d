/** As much of Cloudflare Workers as the example uses; a project there installs `@cloudflare/workers-types` instead. */

/** The end of a pair that a Worker keeps. */
export interface WorkersSocket {
  accept(): void;
  send(message: string | Uint8Array<ArrayBuffer>): void;
  close(code?: number, reason?: string): void;
  addEventListener(type: string, listener: (event: never) => void): void;
  removeEventListener(type: string, listener: (event: never) => void): void;
}

export interface DurableObjectNamespace {
  idFromName(name: string): object;
  get(id: object): { fetch(request: Request): Promise<Response> };
}

declare global {
  const WebSocketPair: new () => { readonly 0: WorkersSocket; readonly 1: WorkersSocket };

  interface ResponseInit {
    webSocket?: WorkersSocket;
  }
}
