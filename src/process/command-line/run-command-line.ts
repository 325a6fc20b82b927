import type { CommandName } from '../commands/all-commands.ts';
import type { Command } from '../commands/command.ts';
import { printable } from '../terminal-look.ts';
import type { CarriedOut } from './carried-out.ts';
import { carryOut } from './carry-out.ts';
import { describeFault, describeRefusal } from './describe-failure.ts';
import { drawAnswer } from './draw-answer.ts';
import { type CommandLineEnvironment, EXIT } from './environment.ts';
import { timeFormat } from './format-time.ts';
import { type ParsedWords, parseWords } from './parse-words.ts';
import { readWritten } from './read-written.ts';
import { languageOf, type Words, wordsIn } from './words.ts';
import { writeJson } from './write-json.ts';

/** Longer lines are hard to read. */
const HELP_COLUMNS = 110;

/** What a command line comes to: an exit status, and what to print where. */
interface Report {
  readonly status: number;
  readonly stdout?: string;
  readonly stderr?: string;
}

/**
 * Runs one command line, without the program's own name, and answers its exit status. What a person asked for goes to
 * the standard output, what went wrong to the standard error; with `--json` one document goes to the standard output
 * either way.
 */
export async function runCommandLine(
  argv: readonly string[],
  environment: CommandLineEnvironment,
): Promise<number> {
  const { isTerminal, variables, serve } = environment;
  const words = wordsIn(languageOf(variables));
  const width = isTerminal ? environment.width : Number.POSITIVE_INFINITY;
  const parsed = parseWords(argv, {
    words,
    hasServe: serve !== undefined,
    width: Math.min(width, HELP_COLUMNS),
  });
  if (parsed.kind === 'serve') return (await serve?.(parsed.options)) ?? EXIT.usage;

  const report = await reportOn(parsed, environment, words, width);
  if (report.stdout !== undefined) await environment.stdout(report.stdout);
  if (report.stderr !== undefined) await environment.stderr(report.stderr);
  return report.status;
}

async function reportOn(
  parsed: Exclude<ParsedWords, { kind: 'serve' }>,
  environment: CommandLineEnvironment,
  words: Words,
  width: number,
): Promise<Report> {
  const called = (text: string) => asCalled(text, environment.variables);
  switch (parsed.kind) {
    case 'helped':
      return { status: EXIT.done, stdout: called(parsed.help) };
    case 'incomplete':
      return { status: EXIT.usage, stderr: called(parsed.help) };
    case 'mistyped':
      return mistyped(words, parsed.message, parsed.path, called);
    case 'run': {
      const { command, written, json } = parsed;
      const { readStdin, clock } = environment;
      const read = await readWritten(command, written, { nowMs: clock.nowMs(), readStdin, words });
      if ('mistake' in read) return mistyped(words, read.mistake, `turnpike ${command.name}`, called);
      const carriedOut = await carryOut(environment, command, read.input);
      if (json) return jsonReport(command, carriedOut, words);
      const report = humanReport(command, carriedOut, environment, words, width);
      return { ...report, ...mapText(report, called) };
    }
  }
}

function mistyped(words: Words, message: string, path: string, called: (text: string) => string): Report {
  return { status: EXIT.usage, stderr: `${printable(message)}\n${called(words.usage.seeHelp(path))}\n` };
}

function jsonReport(command: Command<CommandName>, carriedOut: CarriedOut, words: Words): Report {
  if (carriedOut.outcome === 'done') {
    return { status: statusOf(command, carriedOut), stdout: writeJson(carriedOut.value) };
  }
  const { code, message } = describeFailure(carriedOut, words);
  return { status: statusOf(command, carriedOut), stdout: writeJson({ error: { code, message } }) };
}

function humanReport(
  command: Command<CommandName>,
  carriedOut: CarriedOut,
  { timeZone, clock }: CommandLineEnvironment,
  words: Words,
  width: number,
): Report {
  const status = statusOf(command, carriedOut);
  if (carriedOut.outcome !== 'done') {
    return { status, stderr: `${printable(describeFailure(carriedOut, words).message)}\n` };
  }
  const times = timeFormat(timeZone, clock.nowMs());
  return { status, stdout: drawAnswer(command, carriedOut.value, { words, times }, width) };
}

function describeFailure(failed: Exclude<CarriedOut, { outcome: 'done' }>, words: Words) {
  return failed.outcome === 'refused'
    ? describeRefusal(failed.refusal, words)
    : describeFault(failed.fault, words);
}

function statusOf(command: Command<CommandName>, carriedOut: CarriedOut): number {
  switch (carriedOut.outcome) {
    case 'done':
      return command.isAlarming(carriedOut.value) ? EXIT.refused : EXIT.done;
    case 'refused':
      return EXIT.refused;
    default:
      return EXIT.failed;
  }
}

function mapText({ stdout, stderr }: Report, map: (text: string) => string): Partial<Report> {
  return {
    ...(stdout === undefined ? {} : { stdout: map(stdout) }),
    ...(stderr === undefined ? {} : { stderr: map(stderr) }),
  };
}

/** Commands in sentences and help, as this person has to type them: from a clone it is npm that runs the program. */
function asCalled(text: string, variables: CommandLineEnvironment['variables']): string {
  if (variables.npm_lifecycle_event !== 'turnpike') return text;
  return text.replace(/\bturnpike (?=[a-z[])/g, 'npm run turnpike -- ');
}
