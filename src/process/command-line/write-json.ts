import type { JsonValue } from '../commands/json-value.ts';

/**
 * JSON that is safe to look at in a terminal too: JSON itself lets through characters that steer one. They can only
 * stand inside strings, where an escape means the same.
 */
export function writeJson(value: JsonValue): string {
  const text = JSON.stringify(value, undefined, 2).replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (character) =>
    character === '\n' ? character : escapeUnits(character),
  );
  return `${text}\n`;
}

/** A character as JSON's escapes, one for each of its UTF-16 units. */
function escapeUnits(character: string): string {
  let escaped = '';
  for (let index = 0; index < character.length; index += 1) {
    escaped += `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`;
  }
  return escaped;
}
