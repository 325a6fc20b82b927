import type { JsonValue } from './commands/json-value.ts';
import { claimControlAddress } from './control-address.ts';

/** A command that is not there by then never comes: its sender is on this machine. */
const BODY_DEADLINE_SECONDS = 10;
/** A command with all its options is a few kilobytes. */
const MAXIMUM_BODY_BYTES = 1024 * 1024;
/** Commands at once; people and scripts do not run more. */
const MAXIMUM_CALLS = 32;

export interface ControlServer {
  /** Lets the commands that run finish, takes no more, and removes the socket. */
  close(): Promise<void>;
}

/**
 * Takes commands over a socket in the data folder that only its owner can open. Whoever can open it may do everything:
 * they could as well read and write the folder. The caller must hold the folder's lock.
 */
export function serveControl({
  dataDir,
  run,
}: {
  readonly dataDir: string;
  /** Runs one command. Must not reject. */
  readonly run: (request: JsonValue) => Promise<unknown>;
}): ControlServer {
  const { socketPath, release } = claimControlAddress(dataDir);
  let calls = 0;
  const answer = async (request: Request, server: Bun.Server<undefined>): Promise<Response> => {
    if (calls >= MAXIMUM_CALLS) return new Response(null, { status: 503 });
    calls += 1;
    try {
      const command: JsonValue = await request.json();
      // Unless it is told otherwise, Bun hangs up after ten seconds of silence; an audit takes longer. What runs has
      // the deadlines of the database, and its caller one of their own.
      server.timeout(request, 0);
      return Response.json(await run(command));
    } catch {
      return new Response(null, { status: 400 });
    } finally {
      calls -= 1;
    }
  };
  try {
    const server = listen(socketPath, answer);
    return {
      async close() {
        await server.stop();
        release();
      },
    };
  } catch (error) {
    release();
    throw error;
  }
}

function listen(
  socketPath: string,
  answer: (request: Request, server: Bun.Server<undefined>) => Promise<Response>,
) {
  // The socket is made with these rights; setting them afterwards would leave a moment in which others get in.
  const earlierMask = process.umask(0o177);
  try {
    return Bun.serve({
      unix: socketPath,
      maxRequestBodySize: MAXIMUM_BODY_BYTES,
      fetch(request, server) {
        server.timeout(request, BODY_DEADLINE_SECONDS);
        return answer(request, server);
      },
    });
  } finally {
    process.umask(earlierMask);
  }
}
