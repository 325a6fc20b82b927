import type { Language } from '../language/choose-language.ts';
import type { StartSentences } from '../language/sentences.ts';
import { sentencesIn } from '../language/sentences-in.ts';
import { walkThroughCurl } from '../language/walk-through-curl.ts';
import { wrapProse } from './print-notice.ts';
import { columns, ink, padColumns, printable, type TerminalLook } from './terminal-look.ts';

/** What the terminal shows once the server listens. */
export interface StartFacts {
  readonly version: string;
  /** Without a trailing slash and without `/v1`. */
  readonly baseUrl: string;
  readonly dataDir: string;
  /** A PostgreSQL database, as it may be shown; absent where the data folder has the database. */
  readonly database?: string | undefined;
  /** Where letters go: a mail server, or a folder because none is named. */
  readonly mail: { readonly kind: 'server' | 'folder'; readonly place: string };
  readonly limitsOff: boolean;
  readonly answers: readonly StartAnswers[];
  /** Settings that are understood and have no effect in this version, by name. */
  readonly unusedSettings?: readonly string[] | undefined;
  /** An Ollama that answers on this machine and is not used. */
  readonly ollamaUrl?: string | undefined;
  /** As long as nobody can sign in: where the first person says who they are. */
  readonly setUpLink?: string | undefined;
  /** Only on the very first start, the one time that the key is known. */
  readonly first?: FirstStart | undefined;
}

export interface StartAnswers {
  readonly models: readonly string[];
  readonly upstream: string;
  readonly simulated: boolean;
  /** It answers these models' images; another one answers their text. */
  readonly imagesOnly?: boolean | undefined;
}

export interface FirstStart {
  readonly ownerEmail: string;
  readonly apiKey: string;
  /** As people read it: `$25.00`. */
  readonly creditUsd: string;
}

/** Models named on one line; how many more there are follows. */
const NAMED_MODELS = 3;

/** Upstreams that get a line of their own; how many more there are follows. */
const NAMED_UPSTREAMS = 4;

const START_LOCAL = 'npm start -- --local';
const ADD_CHANNEL = 'npm run turnpike -- channels add --help';

/**
 * The lines at the start: long and with the first key when the data folder is new, else as short as can be. Nothing
 * that is to be pasted is ever wrapped.
 */
export function startLines(facts: StartFacts, language: Language, look: TerminalLook): string {
  const { start: words } = sentencesIn(language);
  const head = `${ink(look, 'strong', 'Turnpike')} ${facts.version}  ${ink(look, 'strong', facts.baseUrl)}`;
  const lines =
    facts.first === undefined
      ? [head, ...answerLines(facts.answers, words, look), ...restartLines(facts, words, look)]
      : [
          head,
          '',
          ...answerLines(facts.answers, words, look),
          ...firstStartLines(facts, facts.first, words, look),
        ];
  return `\n${lines.map((line) => (line === '' ? '' : `  ${line}`)).join('\n')}\n\n`;
}

/** Which upstream answers which models, as a road: solid to a model, dashed to the simulator. */
function answerLines(answers: readonly StartAnswers[], words: StartSentences, look: TerminalLook): string[] {
  const shown = answers.slice(0, NAMED_UPSTREAMS).map(({ models, upstream, simulated, imagesOnly }) => {
    const more = models.length > NAMED_MODELS ? ` +${models.length - NAMED_MODELS}` : '';
    return {
      models: printable(models.slice(0, NAMED_MODELS).join(', ')) + more + (imagesOnly ? words.ofImages : ''),
      road: ink(look, 'faint', simulated ? '╌╌' : '──'),
      upstream: simulated ? ink(look, 'warning', words.simulator) : printable(upstream),
    };
  });
  const width = Math.max(0, ...shown.map((row) => columns(row.models)));
  const lines = shown.map((row) => `${padColumns(row.models, width)}  ${row.road}  ${row.upstream}`);
  return answers.length > NAMED_UPSTREAMS ? [...lines, `+${answers.length - NAMED_UPSTREAMS}`] : lines;
}

function restartLines(facts: StartFacts, words: StartSentences, look: TerminalLook): string[] {
  const places = placesOf(facts, words);
  if (facts.setUpLink !== undefined) places.push([words.setUpLabel, facts.setUpLink]);
  const width = Math.max(...places.map(([label]) => columns(label))) + 2;
  const lines = places.map(([label, place]) => ink(look, 'faint', padColumns(label, width)) + place);
  if (facts.setUpLink !== undefined) lines.push(...indented(wrapProse(words.setUp, width + 2, look), width));
  const sign = ink(look, 'warning', '!');
  if (noneConnected(facts)) lines.push(`${sign} ${words.noneConnectedAgain(START_LOCAL)}`);
  if (noneConnected(facts) && facts.ollamaUrl !== undefined)
    lines.push(`  ${words.ollamaAgain(facts.baseUrl)}`);
  for (const warning of warnings(facts, words)) lines.push(`${sign} ${warning}`);
  return lines;
}

function firstStartLines(
  facts: StartFacts,
  first: FirstStart,
  words: StartSentences,
  look: TerminalLook,
): string[] {
  const lines = ['', ...simulatorLines(facts, words, look)];
  for (const warning of warnings(facts, words)) lines.push(...attention(warning, look), '');

  const places = placesOf(facts, words);
  const labels = [words.accountLabel, words.setUpLabel, words.keyLabel, words.nextLabel, words.stopLabel];
  labels.push(...places.map(([label]) => label));
  const width = Math.max(...labels.map(columns)) + 2;
  const labelled = (label: string, texts: readonly string[]) =>
    texts.map((text, at) => ink(look, 'faint', padColumns(at === 0 ? label : '', width)) + text);
  const prose = (text: string) => wrapProse(text, width + 2, look);

  lines.push(
    ink(look, 'strong', words.firstStart),
    '',
    ...labelled(words.accountLabel, prose(words.account(first.ownerEmail, first.creditUsd))),
    ...(facts.setUpLink === undefined
      ? []
      : labelled(words.setUpLabel, [ink(look, 'strong', facts.setUpLink), ...prose(words.setUp)])),
    ...labelled(words.keyLabel, [ink(look, 'strong', first.apiKey), ...prose(words.keyOnce)]),
    ...places.flatMap(([label, place]) => labelled(label, [place])),
    '',
    ink(look, 'strong', words.pasteCurl),
    '',
    ...walkThroughCurl(facts.baseUrl, first.apiKey).split('\n'),
    '',
    ...labelled(words.nextLabel, prose(words.openPage(facts.baseUrl))),
    ...labelled(words.stopLabel, prose(words.stop)),
  );
  return lines;
}

/** Where everything is kept. */
function placesOf(
  { dataDir, database, mail }: StartFacts,
  words: StartSentences,
): [label: string, place: string][] {
  const place = printable(mail.place);
  return [
    [words.dataLabel, printable(dataDir)],
    ...(database === undefined
      ? []
      : [[words.databaseLabel, `PostgreSQL  ${printable(database)}`] as [string, string]]),
    [words.mailLabel, mail.kind === 'server' ? place : words.mailToFolder(place)],
  ];
}

/** That a simulator answers, and every way to let a model answer instead. */
function simulatorLines(facts: StartFacts, words: StartSentences, look: TerminalLook): string[] {
  const simulated = facts.answers.filter((answer) => answer.simulated);
  if (simulated.length === 0) return [];
  const say = (sentence: string, commands: readonly string[]) => [
    ...indented(wrapProse(sentence, 4, look)),
    ...indented(commands, 4),
  ];
  if (!noneConnected(facts)) {
    const models = (imagesOnly: boolean) =>
      simulated.flatMap((answer) => ((answer.imagesOnly ?? false) === imagesOnly ? answer.models : []));
    const [whole, images] = [models(false), models(true)];
    return [
      ...(whole.length > 0 ? attention(words.notConnected(whole), look) : []),
      ...(images.length > 0 ? attention(words.imagesNotConnected(images), look) : []),
      ...say(words.addChannel, [ADD_CHANNEL]),
      '',
    ];
  }

  const commands = [START_LOCAL, 'TURNPIKE_UPSTREAM=xai TURNPIKE_UPSTREAM_KEY=$XAI_API_KEY npm start'];
  const lines = attention(words.noneConnected, look);
  if (facts.ollamaUrl === undefined) {
    const other = compatibleCommand('http://127.0.0.1:8000/v1', 'my-model');
    return [...lines, ...say(words.connect, [...commands, other]), ''];
  }
  const address = facts.ollamaUrl.replace(/\/+(?:v1\/*)?$/, '');
  lines.push(...say(words.connect, commands));
  lines.push(...say(words.ollamaFound(address), [compatibleCommand(`${address}/v1`, 'llama3.2')]));
  return [...lines, ''];
}

function warnings(facts: StartFacts, words: StartSentences): string[] {
  const unused = (facts.unusedSettings ?? []).map(words.unusedSetting);
  return facts.limitsOff ? [words.limitsOff, ...unused] : unused;
}

function compatibleCommand(url: string, model: string): string {
  return printable(`TURNPIKE_UPSTREAM=${url} TURNPIKE_UPSTREAM_MODEL=${model} npm start`);
}

function attention(text: string, look: TerminalLook): string[] {
  const sign = ink(look, 'warning', '!');
  return wrapProse(text, 4, look).map((line, at) => `${at === 0 ? sign : ' '} ${line}`);
}

function indented(lines: readonly string[], by = 2): string[] {
  return lines.map((line) => ' '.repeat(by) + line);
}

function noneConnected(facts: StartFacts): boolean {
  return facts.answers.every((answer) => answer.simulated);
}
