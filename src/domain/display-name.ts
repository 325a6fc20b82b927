const MAXIMUM_CHARACTERS = 100;

/**
 * Control characters, line breaks, lone surrogates and everything invisible that can reorder or hide the text
 * around it. The two joiners stay: emoji and several scripts need them.
 */
const FORBIDDEN = /[\p{Cc}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}]|(?![\u200c\u200d])\p{Cf}/u;

/**
 * The name of a person, team, key or channel as it is stored: any script, one line, 1 to 100 characters with at
 * least one that can be seen. Undefined when the text is no such name.
 */
export function readDisplayName(text: string): string | undefined {
  // Bounded before it is looked at: normalising an endless text is work.
  if (text.length > MAXIMUM_CHARACTERS * 8) return undefined;
  const name = text.normalize('NFC').trim().replace(/ {2,}/g, ' ');
  if (FORBIDDEN.test(name) || !/[\p{L}\p{N}\p{P}\p{S}]/u.test(name)) return undefined;
  return [...name].length <= MAXIMUM_CHARACTERS ? name : undefined;
}
