/** As much of Bun 1.4 as the example uses; a project on Bun installs `@types/bun` instead. */

export interface BunSocket<Data> {
  data: Data;
  send(message: string | Uint8Array): number;
  close(code?: number, reason?: string): void;
  getBufferedAmount(): number;
}

export interface BunServer<Data> {
  requestIP(request: Request): { readonly address: string } | null;
  upgrade(
    request: Request,
    options: { readonly data: Data; readonly headers?: Readonly<Record<string, string>> },
  ): boolean;
}

export interface BunOptions<Data> {
  readonly port: number;
  fetch(request: Request, server: BunServer<Data>): Response | undefined;
  readonly websocket: {
    readonly maxPayloadLength?: number;
    open(socket: BunSocket<Data>): void;
    message(socket: BunSocket<Data>, message: string | Uint8Array): void;
    close(socket: BunSocket<Data>, code: number, reason: string): void;
  };
}

declare global {
  const Bun: {
    serve<Data>(options: BunOptions<Data>): unknown;
  };
}
