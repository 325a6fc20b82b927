import type { Socket } from 'bun';

/** A way to a PostgreSQL server on which connections can fall silent: they stay open, and nothing passes any more. */
export interface SilencingProxy {
  readonly url: string;
  /** Those that have sent a LISTEN so far. */
  silenceListeners(): void;
  /** All of them: the machine is gone, and another one takes its place. */
  silenceAll(): void;
  close(): void;
}

interface Wire {
  readonly far: Promise<Socket>;
  isListener: boolean;
  isSilent: boolean;
}

export function startSilencingProxy(serverUrl: string): SilencingProxy {
  const { hostname, port } = new URL(serverUrl);
  const wires = new Set<Wire>();
  const proxy = Bun.listen<Wire>({
    hostname: '127.0.0.1',
    port: 0,
    socket: {
      open(near) {
        const far = Bun.connect({
          hostname,
          port: Number(port),
          socket: {
            data(_, bytes) {
              if (!near.data.isSilent) near.write(bytes);
            },
            close: () => void near.end(),
          },
        });
        near.data = { far, isListener: false, isSilent: false };
        wires.add(near.data);
      },
      async data({ data: wire }, bytes) {
        const copy = Buffer.from(bytes);
        if (copy.includes('LISTEN')) wire.isListener = true;
        const far = await wire.far;
        if (!wire.isSilent) far.write(copy);
      },
      async close({ data: wire }) {
        wires.delete(wire);
        (await wire.far).end();
      },
    },
  });
  const url = new URL(serverUrl);
  url.port = String(proxy.port);
  return {
    url: url.href,
    silenceListeners() {
      for (const wire of wires) wire.isSilent ||= wire.isListener;
    },
    silenceAll() {
      for (const wire of wires) wire.isSilent = true;
    },
    close: () => proxy.stop(true),
  };
}
