import { writeFileSync } from 'node:fs';
import { compare } from './compare.ts';
import { measureGrowth } from './growth/measure-growth.ts';
import { buildPrograms } from './load/build-programs.ts';
import { describeMachine } from './machine/describe-machine.ts';
import { Workbench } from './machine/workbench.ts';
import { measurePages } from './pages/measure-pages.ts';
import { FULL_PLAN, QUICK_PLAN } from './plan.ts';
import { readOptions } from './read-options.ts';

/** Progress goes to the standard error, the tables to the standard output. */
const say = (line: string) => console.error(line);

const options = readOptions(process.argv.slice(2));
if ('problem' in options) {
  say(options.problem);
  process.exit(2);
}
if (process.platform !== 'linux' || Bun.which('cc') === null) {
  say(
    'The bench reads CPU times from /proc and compiles two C programs: it needs Linux and a C compiler (cc).',
  );
  process.exit(1);
}

const bench = new Workbench();
bench.stepAside();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    bench.clear();
    process.exit(130);
  });
}
try {
  const machine = describeMachine(bench.cores);
  const plan = options.quick ? QUICK_PLAN : FULL_PLAN;
  const inRounds = { ...plan, rounds: options.rounds ?? plan.rounds };
  const report = options.pages
    ? await measurePages(options.rows, say)
    : options.growth
      ? await measureGrowth(bench, await buildPrograms(bench), inRounds, options.rows, say)
      : await compare(bench, await buildPrograms(bench), inRounds, options, say);
  const after = describeMachine(bench.cores);
  console.log(
    `${machine.sentence} Load average ${machine.loadAverage} before, ${after.loadAverage} after.\n`,
  );
  console.log(report.text);
  if (report.failed) process.exitCode = 1;
  if (options.jsonFile !== undefined) {
    writeFileSync(options.jsonFile, `${JSON.stringify({ machine, ...report.data }, null, 1)}\n`);
  }
} finally {
  bench.clear();
}
