import { splitShellWords } from './shell-words.ts';

/** What of a curl command says where the upstream is and who is asking. */
export interface CurlCommand {
  readonly url: string;
  readonly key: string | undefined;
  /** The model that its body asks for. */
  readonly model: string | undefined;
}

export type CurlFault =
  | 'unclosed-quote'
  | 'too-long'
  /** The body or the headers are in a file of the person's own machine, which is not here. */
  | 'reads-file'
  | 'no-address'
  /** `$KEY` is a variable of a shell that this program cannot look into. */
  | 'key-is-variable';

/** Options that take a value, as far as API examples use them; of others it is guessed that they take none. */
const TAKES_VALUE: ReadonlySet<string> = new Set([
  ...['-X', '--request', '-H', '--header', '-d', '--data', '--data-raw', '--data-binary', '--data-ascii'],
  ...['--data-urlencode', '--json', '--url', '-u', '--user', '-A', '--user-agent', '-e', '--referer'],
  ...['-o', '--output', '-b', '--cookie', '-m', '--max-time', '--connect-timeout', '-x', '--proxy'],
  ...['--oauth2-bearer', '-F', '--form', '--cacert', '-w', '--write-out', '-K', '--config', '--retry'],
]);

const BODY = /^(?:-d|--data|--data-raw|--data-binary|--data-ascii|--json)$/;

export function isCurl(text: string): boolean {
  return /^\s*(?:[$>#]\s+)?(?:\S*[/\\])?curl(?:\.exe)?\s/i.test(text);
}

/** Reads a curl command as people copy it from a manual, a browser or a terminal. It is never run. */
export function readCurl(text: string): CurlCommand | CurlFault {
  const words = splitShellWords(text.trim().replace(/^[$>#]\s+/, ''));
  if (typeof words === 'string') return words;
  const urls: string[] = [];
  const headers: string[] = [];
  const bodies: string[] = [];
  let bearer: string | undefined;
  for (const { name, value } of optionsOf(words.slice(1))) {
    if (name === '' || name === '--url') urls.push(value);
    else if (name === '-H' || name === '--header') headers.push(value);
    else if (name === '--oauth2-bearer') bearer = value;
    else if (BODY.test(name)) bodies.push(value);
    if (name === '-K' || name === '--config') return 'reads-file';
    // `--data-raw` takes the @ as it is.
    if (value.startsWith('@') && (name === '-H' || name === '--header' || BODY.test(name)))
      if (name !== '--data-raw') return 'reads-file';
  }
  const url = urls.find((candidate) => /^https?:\/\//i.test(candidate)) ?? urls[0];
  if (url === undefined) return 'no-address';
  const key = bearer ?? keyOf(headers);
  if (key !== undefined && /^(?:\$\{?\w+\}?|%\w+%|<[^>]*>)$/.test(key)) return 'key-is-variable';
  return { url, key, model: modelOf(bodies) };
}

interface Option {
  /** Empty for a word that belongs to no option. */
  readonly name: string;
  readonly value: string;
}

function optionsOf(words: readonly string[]): Option[] {
  const options: Option[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    const [, long, given] = /^(--[a-z][\w-]*)=(.*)$/s.exec(word) ?? [];
    const [, short, attached] = /^(-[XHdoum])(.+)$/s.exec(word) ?? [];
    if (long !== undefined) options.push({ name: long, value: given ?? '' });
    else if (TAKES_VALUE.has(word)) {
      at += 1;
      options.push({ name: word, value: words[at] ?? '' });
    } else if (short !== undefined && !word.startsWith('--'))
      options.push({ name: short, value: attached ?? '' });
    else options.push(word.startsWith('-') ? { name: word, value: '' } : { name: '', value: word });
  }
  return options;
}

const KEY_HEADER =
  /^\s*(?:authorization\s*:\s*(?:bearer\s+)?|(?:x-)?api-key\s*:\s*|x-goog-api-key\s*:\s*)(\S.*?)\s*$/i;

function keyOf(headers: readonly string[]): string | undefined {
  for (const header of headers) {
    const [, key] = KEY_HEADER.exec(header) ?? [];
    if (key !== undefined) return key;
  }
  return undefined;
}

/** The body may be cut off where a person copied too little; the name of the model is found all the same. */
function modelOf(bodies: readonly string[]): string | undefined {
  const [, model] = /"model"\s*:\s*"([^"\\\s]{1,200})"/.exec(bodies.join('\n')) ?? [];
  return model;
}
