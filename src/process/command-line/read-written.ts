import type { CommandName } from '../commands/all-commands.ts';
import type { Command } from '../commands/command.ts';
import type { JsonValue } from '../commands/json-value.ts';
import { flagOf } from '../commands/parameter.ts';
import type { ValueKind } from '../commands/value-kind.ts';
import type { Written } from './program-parameters.ts';
import type { Words } from './words.ts';

/** What a person wrote, as it is sent to whoever runs the command, or what was wrong with it. */
export async function readWritten(
  command: Command<CommandName>,
  written: Written,
  { nowMs, readStdin, words }: { nowMs: number; readStdin: () => Promise<string>; words: Words },
): Promise<{ readonly input: JsonValue } | { readonly mistake: string }> {
  const input: Record<string, JsonValue> = {};
  for (const [name, { form, kind }] of Object.entries(command.parameters)) {
    const value = written[name];
    if (value === undefined || value === false) continue;
    if (typeof value === 'boolean' || kind === undefined) {
      input[name] = true;
      continue;
    }
    const texts = typeof value === 'string' ? [value] : value;
    const read: JsonValue[] = [];
    for (const text of texts) {
      const parsed = kind.parse(await resolve(kind, text, readStdin), nowMs);
      if (parsed === undefined || kind.read(parsed) === undefined) {
        const label = form === 'argument' ? kind.placeholder : flagOf(name);
        return { mistake: words.usage.badValue(label, words.kinds[kind.name](kind.placeholder)) };
      }
      read.push(parsed);
    }
    const [only] = read;
    if (form === 'list') input[name] = read;
    else if (only !== undefined) input[name] = only;
  }
  return { input };
}

async function resolve(
  kind: ValueKind<unknown>,
  text: string,
  readStdin: () => Promise<string>,
): Promise<string> {
  return (kind.name === 'secret' || kind.name === 'database') && text === '-'
    ? (await readStdin()).trim()
    : text;
}
