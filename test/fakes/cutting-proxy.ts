import type { Socket } from 'bun';

/**
 * A way to a server that is cut in the worst moment: when the server has done something and says so (a COMMIT, for
 * example), now and then. The answer does not come back, and neither does anything else on that connection.
 */
export interface CuttingProxy {
  readonly port: number;
  /** How often it was cut. */
  readonly cuts: number;
  close(): void;
}

export interface CuttingOptions {
  readonly hostname: string;
  readonly port: number;
  /** In what the server says. */
  readonly word: string;
  /** That a connection is cut when the word comes; 0 to 1. */
  readonly chance: number;
}

interface Wire {
  readonly far: Promise<Socket>;
}

export function startCuttingProxy({ hostname, port, word, chance }: CuttingOptions): CuttingProxy {
  let cuts = 0;
  const listener = Bun.listen<Wire>({
    hostname: '127.0.0.1',
    port: 0,
    socket: {
      open(near) {
        const far = Bun.connect({
          hostname,
          port,
          socket: {
            data(socket, bytes) {
              if (Math.random() >= chance || !Buffer.from(bytes).includes(word)) {
                near.write(bytes);
                return;
              }
              cuts += 1;
              near.end();
              socket.end();
            },
            close: () => void near.end(),
          },
        });
        near.data = { far };
      },
      async data(near, bytes) {
        const copy = Buffer.from(bytes);
        (await near.data.far).write(copy);
      },
      async close(near) {
        (await near.data.far).end();
      },
    },
  });
  return {
    port: listener.port,
    get cuts() {
      return cuts;
    },
    close: () => listener.stop(true),
  };
}
