import { Command as Commander } from 'commander';
import { ALL_COMMANDS } from '../commands/all-commands.ts';
import { columns } from '../terminal-look.ts';
import { VERSION } from '../version.ts';
import { wrapText } from '../wrap-text.ts';
import { addParameters, bracketed, type Choice } from './program-parameters.ts';
import type { Words } from './words.ts';

/** The program's name, as it stands in every sentence that tells what to type. */
export const PROGRAM = 'turnpike';

export interface ProgramOptions {
  readonly words: Words;
  readonly hasServe: boolean;
  readonly width: number;
}

/** What `serve` is started with, as it was written. */
export interface ServeWords {
  readonly local?: boolean;
  readonly weights?: string;
  readonly host?: string;
  readonly port?: string;
}

/** What becomes of a command line: a command is chosen, help is printed, or it fails in some command. */
export interface Outcome extends Choice {
  chooseServe(options: ServeWords): void;
  failIn(path: string): void;
  print(text: string): void;
}

/** The commands as Commander knows them, in a person's language. */
export function buildProgram(options: ProgramOptions, outcome: Outcome): Commander {
  const { words, width } = options;
  const titles: Readonly<Record<string, string>> = {
    'Usage:': words.help.usage,
    'Arguments:': words.help.arguments,
    'Options:': words.help.options,
    'Commands:': words.help.commands,
  };
  const program = new Commander(PROGRAM)
    .configureOutput({
      writeOut: outcome.print,
      writeErr: outcome.print,
      // Mistakes are told in the person's language, by whoever called.
      outputError: () => {},
      getOutHelpWidth: () => width,
      getErrHelpWidth: () => width,
    })
    .configureHelp({
      styleTitle: (title) => titles[title] ?? title,
      displayWidth: columns,
      // That a command has options goes without saying, and not in English.
      subcommandTerm: (command) =>
        [
          command.name(),
          ...command.registeredArguments.map((each) => bracketed(each.name(), each.required)),
        ].join(' '),
      boxWrap: (text, boxWidth) =>
        text
          .split('\n')
          .flatMap((line) => wrapText(line, boxWidth))
          .join('\n'),
    })
    .showSuggestionAfterError(false);
  prepare(program, PROGRAM, options, outcome)
    .description(words.about)
    .version(VERSION, '-V, --version', words.help.version)
    .usage(words.help.anyCommand)
    .helpCommand(`help ${words.help.anyCommand}`, words.help.helpCommand)
    .addHelpText('after', `\n${words.help.closing}`);

  const groups = new Map<string, Commander>();
  const groupNamed = (name: string): Commander => {
    const existing = groups.get(name);
    if (existing !== undefined) return existing;
    const descriptions: Readonly<Record<string, string>> = words.groups;
    const group = prepare(program.command(name), `${PROGRAM} ${name}`, options, outcome)
      .description(descriptions[name] ?? '')
      .usage(words.help.anyCommand)
      .helpCommand(false);
    groups.set(name, group);
    return group;
  };
  if (options.hasServe) addServe(program, options, outcome);
  for (const command of ALL_COMMANDS) {
    const [first = '', second] = command.name.split(' ');
    const parent = second === undefined ? program : groupNamed(first);
    const leaf = prepare(parent.command(second ?? first), `${PROGRAM} ${command.name}`, options, outcome);
    addParameters(leaf, command, words, outcome);
  }
  return program;
}

function addServe(program: Commander, options: ProgramOptions, outcome: Outcome): void {
  const { commands, serve } = options.words;
  prepare(program.command('serve'), `${PROGRAM} serve`, options, outcome)
    .description(commands.serve)
    .option('--local', serve.local)
    .option('--weights <FILE|URL>', serve.weights)
    .option('--host <HOST>', serve.host)
    .option('--port <PORT>', serve.port)
    .action((written: ServeWords) => outcome.chooseServe(written));
}

function prepare(
  commander: Commander,
  path: string,
  { words }: ProgramOptions,
  { failIn }: Outcome,
): Commander {
  return commander.helpOption('-h, --help', words.help.helpOption).exitOverride((error) => {
    failIn(path);
    throw error;
  });
}
