import { CommanderError } from 'commander';
import type { CommandName } from '../commands/all-commands.ts';
import type { Command } from '../commands/command.ts';
import { buildProgram, PROGRAM, type ProgramOptions, type ServeWords } from './build-program.ts';
import type { Written } from './program-parameters.ts';
import type { Words } from './words.ts';

export type ParsedWords =
  | {
      readonly kind: 'run';
      readonly command: Command<CommandName>;
      readonly written: Written;
      readonly json: boolean;
    }
  | { readonly kind: 'serve'; readonly options: ServeWords }
  /** Help or the version was asked for, and this is it. */
  | { readonly kind: 'helped'; readonly help: string }
  | { readonly kind: 'mistyped'; readonly message: string; readonly path: string }
  /** A group was named and none of its commands; this is its help. */
  | { readonly kind: 'incomplete'; readonly help: string };

/** Reads a command line. Prints nothing: what there is to say is in the answer. */
export function parseWords(argv: readonly string[], options: ProgramOptions): ParsedWords {
  let parsed: ParsedWords | undefined;
  let path = PROGRAM;
  let help = '';
  const program = buildProgram(options, {
    choose: (command, written, json) => {
      parsed = { kind: 'run', command, written, json };
    },
    chooseServe: (written) => {
      parsed = { kind: 'serve', options: written };
    },
    failIn: (where) => {
      path = where;
    },
    print: (text) => {
      help += text;
    },
  });
  try {
    program.parse([...argv], { from: 'user' });
    return parsed ?? { kind: 'incomplete', help };
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    // Help and the version that were asked for end without a fault; help for want of a command does not.
    if (error.exitCode === 0) return { kind: 'helped', help };
    if (error.code === 'commander.help') return { kind: 'incomplete', help };
    return { kind: 'mistyped', message: describe(error, options.words), path };
  }
}

/** A mistyped command line in words. Commander says what is wrong in a code, and where in quotes. */
function describe({ code, message }: CommanderError, { usage }: Words): string {
  const quoted = /'([^']*)'/.exec(message)?.[1] ?? '';
  switch (code) {
    case 'commander.unknownCommand':
      return usage.unknownCommand(quoted);
    case 'commander.unknownOption':
      return usage.unknownOption(quoted);
    case 'commander.missingArgument':
      return usage.missingArgument(quoted);
    case 'commander.optionMissingArgument':
      return usage.missingOptionValue(quoted);
    case 'commander.missingMandatoryOptionValue':
      return usage.missingOption(quoted);
    case 'commander.excessArguments':
      return usage.excessArguments;
    default:
      return usage.other;
  }
}
