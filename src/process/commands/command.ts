import type { Refusal } from '../../domain/refusal.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Storage } from '../../storage/storage.ts';
import type { CommandContext } from './command-context.ts';
import type { JsonObject, JsonValue } from './json-value.ts';
import { type InputOf, type Parameters, readInput } from './parameter.ts';

/**
 * A command as data: what it is called, what it takes, whether it changes anything, what it does and how its answer
 * is laid out for people. Both ends of the control socket know the same list.
 */
export interface Command<Name extends string = string> {
  /** `keys create`. */
  readonly name: Name;
  readonly mutates: boolean;
  readonly parameters: Parameters;
  readonly view: readonly Section[];
  /** True for an answer that a script must notice: the command did its work and found something wrong. */
  isAlarming(value: JsonObject): boolean;
  run(context: CommandContext, input: JsonValue): Promise<JsonObject | Refusal | WrongInput>;
  /**
   * Instead of `run` where no server runs: works on the data folder itself, under its lock and with no database open.
   */
  runOnFolder?(context: FolderContext, input: JsonValue): Promise<JsonObject | Refusal | WrongInput>;
}

export interface FolderContext {
  readonly dataDir: string;
  /** A database elsewhere than in the folder, as it may be shown. */
  readonly database?: string | undefined;
  readonly clock: Clock;
  /** Opens the folder's database, once the command has put one there. */
  openStorage(dataDir: string): Promise<Storage>;
}

/** The name of a parameter that was not as its kind demands. */
export interface WrongInput {
  readonly kind: 'wrong-input';
  readonly parameter: string;
}

function wrongInput(parameter: string): WrongInput {
  return { kind: 'wrong-input', parameter };
}

export function isWrongInput(value: unknown): value is WrongInput {
  return typeof value === 'object' && value !== null && (value as { kind?: unknown }).kind === 'wrong-input';
}

/** One part of an answer as people see it; every field's name has a label in every language. */
export type Section =
  | { readonly shape: 'facts'; readonly fields: readonly string[] }
  | { readonly shape: 'table'; readonly rows: string; readonly columns: readonly string[] }
  /** The doctor's findings, which are sentences. */
  | { readonly shape: 'checks' }
  /** The audit's findings, which are sentences too. */
  | { readonly shape: 'findings' };

export interface CommandDefinition<Name extends string, P extends Parameters> {
  readonly name: Name;
  readonly mutates: boolean;
  readonly parameters: P;
  readonly view: readonly Section[];
  readonly isAlarming?: (value: JsonObject) => boolean;
  readonly run: (context: CommandContext, input: InputOf<P>) => Promise<JsonObject | Refusal>;
  readonly runOnFolder?: (context: FolderContext, input: InputOf<P>) => Promise<JsonObject | Refusal>;
}

/** Ties a command's work to its parameters, so that it runs with nothing but checked input. */
export function defineCommand<const Name extends string, P extends Parameters>(
  definition: CommandDefinition<Name, P>,
): Command<Name> {
  const { runOnFolder } = definition;
  const withInput = async (json: JsonValue, run: (input: InputOf<P>) => Promise<JsonObject | Refusal>) => {
    const read = readInput(definition.parameters, json);
    return 'wrong' in read ? wrongInput(read.wrong) : run(read.input);
  };
  return {
    name: definition.name,
    mutates: definition.mutates,
    parameters: definition.parameters,
    view: definition.view,
    isAlarming: definition.isAlarming ?? (() => false),
    run: (context, json) => withInput(json, (input) => definition.run(context, input)),
    ...(runOnFolder && {
      runOnFolder: (context: FolderContext, json: JsonValue) =>
        withInput(json, (input) => runOnFolder(context, input)),
    }),
  };
}

export function facts(...fields: readonly string[]): Section {
  return { shape: 'facts', fields };
}

export function table(rows: string, ...columns: readonly string[]): Section {
  return { shape: 'table', rows, columns };
}
