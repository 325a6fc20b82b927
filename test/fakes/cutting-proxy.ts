import type { Socket } from 'bun';

/**
 * A way to a server that is cut in the worst moment: when its caller has sent a word (a COMMIT, for example), now and
 * then. What was sent arrives and is carried out, and the answer does not come back.
 */
export interface CuttingProxy {
  readonly port: number;
  /** How often it was cut. */
  readonly cuts: number;
  close(): void;
}

interface Wire {
  far: Socket | undefined;
  early: Uint8Array[];
  isCut: boolean;
}

/** How long the server may go on with what it has, before it notices that its caller is gone. */
const CARRIED_OUT_MS = 50;

export interface CuttingOptions {
  readonly hostname: string;
  readonly port: number;
  readonly word: string;
  /** That a connection is cut when the word goes by; 0 to 1. */
  readonly chance: number;
}

export function startCuttingProxy({ hostname, port, word, chance }: CuttingOptions): CuttingProxy {
  let cuts = 0;
  const listener = Bun.listen<Wire>({
    hostname: '127.0.0.1',
    port: 0,
    socket: {
      open(near) {
        near.data = { far: undefined, early: [], isCut: false };
        Bun.connect({
          hostname,
          port,
          socket: {
            open(far) {
              near.data.far = far;
              for (const bytes of near.data.early) far.write(bytes);
            },
            data(_, bytes) {
              if (!near.data.isCut) near.write(bytes);
            },
            close: () => void near.end(),
            error: () => void near.end(),
          },
        }).catch(() => near.end());
      },
      data(near, bytes) {
        if (near.data.far === undefined) near.data.early.push(bytes.slice());
        else near.data.far.write(bytes);
        if (!near.data.isCut && Math.random() < chance && Buffer.from(bytes).includes(word)) {
          cuts += 1;
          near.data.isCut = true;
          near.end();
        }
      },
      close(near) {
        const { far } = near.data;
        setTimeout(() => far?.end(), CARRIED_OUT_MS);
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
