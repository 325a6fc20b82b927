/**
 * The local engine's own process: native code that may crash runs here and not in the server. It is started by
 * `engine-process.ts`, which speaks to it over a loopback port.
 */
import type { AddressInfo } from 'node:net';
import { constants, setPriority } from 'node:os';
import { createEngine } from './engine.ts';
import { createEngineServer } from './engine-server.ts';
import { readSettings } from './engine-settings.ts';
import { openModel } from './open-model.ts';
import { watchParent } from './watch-parent.ts';

const exit = (code: number) => () => process.exit(code);
watchParent(exit(0));
process.on('SIGTERM', exit(0));
// The terminal's Ctrl-C reaches the whole group; the parent decides when the engine ends.
process.on('SIGINT', () => {});

const settings = await readSettings(process.stdin);

try {
  // When cores are short, the gateway goes first.
  setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
} catch {
  // Not every container allows it; the engine works without.
}

const open = await openModel(settings).catch((error: unknown) => {
  // One line, which the parent puts into its log; a stack would end in the runtime's version and nothing else.
  const [reason = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
  process.stderr.write(`${reason}\n`);
  process.exit(1);
});
const stuck = () => {
  process.stderr.write('a step of the model did not end\n');
  // Native threads still compute; an orderly exit would wait for them.
  process.kill(process.pid, 'SIGKILL');
};
const server = createEngineServer(createEngine(settings.modelName, open, stuck), settings.token);
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  process.stdout.write(`${JSON.stringify({ ready: true, port, contextTokens: open.contextTokens })}\n`);
});
