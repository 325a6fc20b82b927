import { Argument, type Command as Commander, Option } from 'commander';
import type { CommandName } from '../commands/all-commands.ts';
import type { Command } from '../commands/command.ts';
import { flagOf, type Parameter } from '../commands/parameter.ts';
import type { Words } from './words.ts';

/** What a person wrote for each parameter, by its name. */
export type Written = Readonly<Record<string, string | readonly string[] | boolean | undefined>>;

export interface Choice {
  choose(command: Command<CommandName>, written: Written, json: boolean): void;
}

/** Gives a command what it takes, and chooses it when it is typed. */
export function addParameters(
  leaf: Commander,
  command: Command<CommandName>,
  words: Words,
  { choose }: Choice,
): void {
  const parameters = Object.entries(command.parameters);
  const positional = parameters.filter(([, { form }]) => form === 'argument');
  const places = positional.map(([, parameter]) => bracket(parameter));
  leaf.description(words.commands[command.name]).usage([words.help.anyOptions, ...places].join(' '));
  for (const [name, parameter] of parameters) {
    const description = describeParameter(command.name, name, parameter, words);
    if (parameter.form === 'argument') leaf.addArgument(new Argument(bracket(parameter), description));
    else leaf.addOption(optionFor(name, parameter, description));
  }
  leaf.option('--json', words.help.json).action(() => {
    const options = leaf.opts<Record<string, string | readonly string[] | boolean | undefined>>();
    const written: Record<string, string | readonly string[] | boolean | undefined> = {};
    for (const [index, [name]] of positional.entries()) written[name] = leaf.args[index];
    for (const [name, { form }] of parameters) {
      if (form === 'argument') continue;
      const value = options[attributeOf(name)];
      // Commander keeps `--no-key` as the falsehood of `--key`.
      if (form === 'flag') written[name] = isNegative(name) ? value === false : value === true;
      else if (typeof value !== 'boolean') written[name] = value;
    }
    choose(command, written, options.json === true);
  });
}

function optionFor(name: string, parameter: Parameter<unknown>, description: string): Option {
  if (parameter.form === 'flag') return new Option(flagOf(name), description);
  const option = new Option(`${flagOf(name)} <${parameter.kind?.placeholder ?? ''}>`, description);
  if (parameter.required) option.makeOptionMandatory();
  if (parameter.form === 'list') {
    option.argParser((value: string, earlier: readonly string[] | undefined) => [...(earlier ?? []), value]);
  }
  return option;
}

/** What a parameter is for, in this command or anywhere. */
function describeParameter(
  command: CommandName,
  name: string,
  parameter: Pick<Parameter<unknown>, 'form' | 'required'>,
  words: Words,
): string {
  const descriptions: Readonly<Record<string, string>> = words.parameters;
  const description = descriptions[`${command} ${name}`] ?? descriptions[name] ?? '';
  const isRequiredOption = parameter.required && parameter.form !== 'argument';
  return `${description}${isRequiredOption ? words.help.required : ''}${parameter.form === 'list' ? words.help.repeatable : ''}`;
}

function bracket({ kind, required }: Parameter<unknown>): string {
  return bracketed(kind?.placeholder ?? '', required);
}

/** How a place in a command is shown. */
export function bracketed(placeholder: string, required: boolean): string {
  return required ? `<${placeholder}>` : `[${placeholder}]`;
}

function isNegative(name: string): boolean {
  return /^no[A-Z]/.test(name);
}

/** The name under which Commander keeps an option's value. */
function attributeOf(name: string): string {
  if (!isNegative(name)) return name;
  return name.charAt(2).toLowerCase() + name.slice(3);
}
