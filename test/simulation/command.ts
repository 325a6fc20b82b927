/**
 * `npm run simulate`: many seeds over two processes, or one seed with its story.
 *
 *     npm run simulate -- --seeds 2000 [--first 1]
 *     npm run simulate -- --seed 17 [--without fault:crash,client:3] [--no-shrink]
 */
import { parseArgs } from 'node:util';
import { runSeed } from './run-seed.ts';
import { shrink } from './shrink.ts';
import { SOMETIMES, SWEEP_SEEDS } from './sometimes.ts';
import { joinSweeps, type SweepResult, sweep } from './sweep.ts';
import { tellStory } from './tell-story.ts';

/** Half of the seeds each. */
const PROCESSES = 2;

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '500' },
    first: { type: 'string', default: '1' },
    seed: { type: 'string' },
    without: { type: 'string', default: '' },
    'no-shrink': { type: 'boolean', default: false },
    'stop-at-first': { type: 'boolean', default: false },
    /** Set for the processes of a sweep: which one this is. */
    part: { type: 'string' },
    of: { type: 'string', default: String(PROCESSES) },
    /** A bug to plant first, by its name. */
    planted: { type: 'string' },
  },
});
const first = Number(values.first);
const count = Number(values.seeds);
const stopAtFirst = values['stop-at-first'];

if (values.planted !== undefined) process.exitCode = await runPlanted(values.planted);
else if (values.seed !== undefined) process.exitCode = await runOne(Number(values.seed));
else if (values.part === undefined) process.exitCode = await runMany();
else {
  const part = Number(values.part);
  const result = await sweep({
    first: first + part,
    count: count - part,
    stride: Number(values.of),
    stopAtFirst,
  });
  process.stdout.write(JSON.stringify(result));
}

/** The same once more, in a process that has the bug. */
async function runPlanted(name: string): Promise<number> {
  const rest = process.argv
    .slice(2)
    .filter((word, at, words) => word !== '--planted' && words[at - 1] !== '--planted');
  const child = Bun.spawn([process.execPath, ...processWithBug(name), import.meta.path, ...rest], {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, SIMULATE_PLANTED: name },
  });
  return await child.exited;
}

function processWithBug(name: string | undefined): string[] {
  return name === undefined ? [] : ['--preload', new URL('planted/preload.ts', import.meta.url).pathname];
}

async function runOne(seed: number): Promise<number> {
  const without = new Set(values.without.split(',').filter((part) => part !== ''));
  const result = await runSeed(seed, without);
  console.log(tellStory(result));
  if (result.violation === undefined) return 0;
  if (without.size === 0 && !values['no-shrink']) {
    const shrunk = await shrink(result);
    console.log(`\nShrunk, the same in a smaller world:\n\n${tellStory(shrunk.result)}`);
    console.log(`\nnpm run simulate -- --seed ${seed} --without ${[...shrunk.without].join(',')}`);
  }
  return 1;
}

async function runMany(): Promise<number> {
  const startedMs = performance.now();
  const shared = [
    '--seeds',
    String(count),
    '--first',
    String(first),
    ...(stopAtFirst ? ['--stop-at-first'] : []),
  ];
  const parts = Array.from({ length: Math.min(Number(values.of), count) }, (_, part) =>
    Bun.spawn(
      [
        process.execPath,
        ...processWithBug(process.env.SIMULATE_PLANTED),
        import.meta.path,
        ...shared,
        '--part',
        String(part),
      ],
      {
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    ),
  );
  const results = await Promise.all(
    parts.map(async (part) => JSON.parse(await new Response(part.stdout).text()) as SweepResult),
  );
  const { seeds, steps, failures, hits, cpuMs } = joinSweeps(results);
  for (const { seed, detail } of failures) console.log(`seed ${seed}  ${detail.split('\n')[0]}`);
  const missed = SOMETIMES.filter((name) => hits[name] === undefined);
  if (count >= SWEEP_SEEDS && !stopAtFirst) for (const name of missed) console.log(`never seen: ${name}`);
  const number = (value: number) => Math.round(value).toLocaleString('en-US');
  console.log(
    `${number(seeds)} seeds, ${number(steps)} steps, ${failures.length} failures; ` +
      `${SOMETIMES.length - missed.length} of ${SOMETIMES.length} situations; ` +
      `${number((performance.now() - startedMs) / 1_000)} s, ${number(cpuMs / 1_000)} s of processor`,
  );
  const isIncomplete = count >= SWEEP_SEEDS && !stopAtFirst && missed.length > 0;
  return failures.length > 0 || isIncomplete ? 1 : 0;
}
