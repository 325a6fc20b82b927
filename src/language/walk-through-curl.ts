/** Stands for the reader's key where the real one must not be shown. A shell fills it in. */
export const KEY_PLACEHOLDER = '$TURNPIKE_API_KEY';

/**
 * The first call of the Grok-2 beta's walk-through, with only host and key changed: one command for a POSIX shell.
 * `baseUrl` has no trailing slash and no `/v1`. Throws when either value could mean something to the shell; both
 * are checked where they come from, and what this makes is pasted into terminals.
 */
export function walkThroughCurl(baseUrl: string, key: string): string {
  if (!/^https?:\/\/[A-Za-z0-9.:_/[\]-]+$/.test(baseUrl))
    throw new RangeError('a base URL that a shell could misread');
  if (key !== KEY_PLACEHOLDER && !/^[A-Za-z0-9_-]+$/.test(key))
    throw new RangeError('a key that a shell could misread');

  const url = `${baseUrl}/v1/chat/completions`;
  // The brackets of an IPv6 address are a pattern to zsh, which then refuses the command.
  const word = url.includes('[') ? `'${url}'` : url;
  return `curl ${word} \\
  -H "Content-Type: application/json" \\
  -H "Authorization: Bearer ${key}" \\
  -d '{
    "messages": [{
      "role": "system",
      "content": "You are Grok, a chatbot inspired by the Hitchhikers Guide to the Galaxy."
    }, {
      "role": "user",
      "content": "What is the meaning of life, the universe, and everything?"
    }],
    "model": "grok-beta",
    "stream": false,
    "temperature": 0
  }'`;
}
