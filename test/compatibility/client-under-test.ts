import { afterAll, beforeAll, describe } from 'bun:test';
import { join } from 'node:path';
import { type RunningServer, startServer, stopServer } from '../fakes/running-server.ts';
import { type ScriptedProvider, startProvider } from './scripted-provider.ts';

/** No scenario may hang longer; those that show a client's retries say so themselves. */
const SCENARIO_LIMIT_MS = 20_000;

/** A client in a process of its own, as its users run it; `serve-scenarios.mjs` is the other side of this. */
export interface Client {
  /** Runs a scenario of the driver's table and resolves to what it answers; rejects with what it threw. */
  run<T = unknown>(scenario: string, input?: object, limitMs?: number): Promise<T>;
  stop(): Promise<void>;
}

/** One line of a driver's output. */
interface Reply {
  readonly answerTo: number;
  readonly value?: unknown;
  readonly error?: string;
}

/** Starts a driver and hands it the server's address and key with every scenario. */
function startClient(command: readonly string[], folder: string, { url, key }: RunningServer): Client {
  const child = Bun.spawn([...command], { cwd: folder, stdin: 'pipe', stdout: 'pipe', stderr: 'pipe' });
  const waiting = new Map<number, (reply: Reply) => void>();
  let count = 0;
  let said = '';
  const listen = async () => {
    let rest = '';
    for await (const piece of child.stdout.pipeThrough(new TextDecoderStream())) {
      const lines = (rest + piece).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        // Libraries print too; a line that is no answer is kept for the error message.
        if (!line.startsWith('{"answerTo"')) said += `${line}\n`;
        else {
          const reply: Reply = JSON.parse(line);
          waiting.get(reply.answerTo)?.(reply);
          waiting.delete(reply.answerTo);
        }
      }
    }
  };
  const complain = async () => {
    for await (const piece of child.stderr.pipeThrough(new TextDecoderStream())) said += piece;
  };
  const over = Promise.all([listen(), complain(), child.exited]).then(() => {
    for (const [answerTo, settle] of waiting) settle({ answerTo, error: `The driver ended.\n${said}` });
    waiting.clear();
  });

  return {
    async run<T>(scenario: string, input: object = {}, limitMs = SCENARIO_LIMIT_MS) {
      count += 1;
      const answerTo = count;
      const reply = await new Promise<Reply>((resolve) => {
        const error = `The scenario ${scenario} had no answer after ${limitMs} ms.\n${said}`;
        const deadline = setTimeout(() => resolve({ answerTo, error }), limitMs);
        waiting.set(answerTo, (given) => {
          clearTimeout(deadline);
          resolve(given);
        });
        child.stdin.write(`${JSON.stringify({ answerTo, scenario, input: { url, key, ...input } })}\n`);
        child.stdin.flush();
      });
      waiting.delete(answerTo);
      if (reply.error !== undefined) throw new Error(`${scenario}: ${reply.error}`);
      return reply.value as T;
    },
    async stop() {
      child.kill('SIGKILL');
      await over;
    },
  };
}

/** What the tests of one client share. */
export interface Subject {
  readonly server: RunningServer;
  readonly client: Client;
  /** What answers the server, if the description says so. */
  readonly provider: ScriptedProvider;
}

export interface ClientDescription {
  /** The client and its version, which is the title of its tests. */
  readonly title: string;
  /** Why it cannot be run here; undefined when it can. */
  readonly missing: string | undefined;
  readonly command: readonly string[];
  readonly folder: string;
  /** The simulator, unless a test must say how a provider fails. */
  readonly upstream?: 'simulator' | 'provider';
  /** `off` unless a limit itself is tested. */
  readonly limits?: 'off' | 'catalogue';
}

/** Runs a client's tests against a server of its own, or skips them and says why. */
export function describeClient(
  description: ClientDescription,
  tests: (subject: () => Subject) => void,
): void {
  const { title, missing, command, folder, upstream = 'simulator', limits = 'off' } = description;
  if (missing !== undefined) {
    describe.skip(`${title} (${missing})`, () => tests(notStarted));
    return;
  }
  console.log(`client under test: ${title}`);
  describe(title, () => {
    let subject: Subject | undefined;
    beforeAll(async () => {
      const provider = await startProvider();
      const server = await startServer({
        TURNPIKE_LIMITS: limits,
        TURNPIKE_UPSTREAM: upstream === 'simulator' ? upstream : provider.baseUrl,
      });
      subject = { server, provider, client: startClient(command, folder, server) };
    });
    afterAll(async () => {
      if (subject === undefined) return;
      await subject.client.stop();
      await stopServer(subject.server);
      await subject.provider.stop();
    });
    tests(() => subject ?? notStarted());
  });
}

function notStarted(): never {
  throw new Error('The client was not started.');
}

/** Where the drivers for Node lie, and their title: `ai 7.0.0, zod 4.0.0 on Node v20.0.0`. */
export function nodeClient(
  {
    folder,
    versions,
    missing,
  }: Pick<ClientDescription, 'folder' | 'missing'> & {
    versions: Readonly<Record<string, string>>;
  },
  driver: string,
  names: readonly string[],
): ClientDescription {
  const node = Bun.spawnSync(['node', '--version']).stdout.toString().trim();
  const packages = names.map((name) => `${name} ${versions[name]}`).join(', ');
  return { title: `${packages} on Node ${node}`, missing, command: ['node', join(folder, driver)], folder };
}
