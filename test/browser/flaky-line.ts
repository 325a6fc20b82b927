import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

export interface FlakyLine {
  /** Where browsers come in. */
  readonly url: string;
  /** Breaks every connection, and lets none begin. */
  cut(): Promise<void>;
  mend(): Promise<void>;
}

/** A line to a server that a test can cut, as a train does in a tunnel. */
export async function layLine(serverUrl: string): Promise<FlakyLine> {
  const { hostname, port } = new URL(serverUrl);
  const open = new Set<Socket>();
  let server: Server;
  const listen = async (ownPort: number) => {
    server = createServer((near) => {
      const far = connect(Number(port), hostname);
      for (const [socket, other] of [
        [near, far],
        [far, near],
      ] as const) {
        open.add(socket);
        socket.on('error', () => {});
        socket.on('close', () => {
          open.delete(socket);
          other.destroy();
        });
        socket.pipe(other);
      }
    });
    server.listen(ownPort, '127.0.0.1');
    await once(server, 'listening');
    return (server.address() as AddressInfo).port;
  };
  const ownPort = await listen(0);
  return {
    url: `http://127.0.0.1:${ownPort}`,
    async cut() {
      const closed = once(server, 'close');
      server.close();
      for (const socket of open) socket.destroy();
      await closed;
    },
    async mend() {
      await listen(ownPort);
    },
  };
}
