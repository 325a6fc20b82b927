import { isJsonObject, type JsonObject, type JsonValue } from '../../protocol/parse-json.ts';
import { fillSchema } from './fill-schema.ts';
import { Mentions } from './mentions.ts';
import type { SimulatorRequest } from './read-request.ts';
import { type Refusal, refuse } from './refusal.ts';
import type { SeededRandom } from './seeded-random.ts';

/** A call as it stands in an answer; the wire adds `index` where it streams. */
export interface ToolCall {
  readonly id: string;
  readonly type: 'function';
  readonly function: { readonly name: string; readonly arguments: string };
}

/** What may be called. */
interface Tool {
  readonly name: string;
  readonly description: string;
  readonly parameters: JsonValue | undefined;
}

const MAXIMUM_PARALLEL_CALLS = 8;
/** The words of a question that are compared; the rest of a long text says no more about the tool. */
const QUESTION_CHARS = 2_000;
const DESCRIPTION_CHARS = 500;
/** Shorter Latin words, and these, stand in every sentence and choose nothing. */
const SHORTEST_LATIN_WORD = 4;
const COMMON_WORDS = new Set([
  'what',
  'with',
  'this',
  'that',
  'from',
  'your',
  'have',
  'will',
  'when',
  'which',
  'please',
]);

/**
 * The tools that the answer calls; none when it is to be text. Called are: the one that `tool_choice` names;
 * under "required" or "auto", where the question names tools, those (only the first unless calls may be
 * parallel); else the first whose name or description shares a word with the question; else the first. After
 * a tool's result the answer is always text, because a client that loops until there is one must end.
 */
export function chooseTools(request: SimulatorRequest, random: SeededRandom): ToolCall[] | Refusal {
  const { body, question } = request;
  const tools = readTools(body.tools);
  const choice = body.tool_choice ?? 'auto';
  const named = nameOf(choice);
  if (named !== undefined && !tools.some(({ name }) => name === named)) {
    return refuse(
      'tool_choice',
      `'tool_choice' names the tool ${JSON.stringify(named)}, which is not in 'tools'.`,
    );
  }
  if (choice === 'required' && tools.length === 0)
    return refuse('tool_choice', "'tool_choice' is required without tools.");

  const [first] = tools;
  const lastRole = body.messages.at(-1)?.role;
  if (first === undefined || choice === 'none' || lastRole === 'tool' || lastRole === 'function') return [];
  if (choice === 'auto' && lastRole !== 'user') return [];

  const mentioned = tools.filter((tool) => isMentioned(tool.name, question));
  const matching =
    mentioned.length > 0 ? mentioned : [tools.find((tool) => sharesWord(tool, question)) ?? first];
  const wanted = named === undefined ? matching : tools.filter(({ name }) => name === named).slice(0, 1);
  const count = body.parallel_tool_calls === false ? 1 : MAXIMUM_PARALLEL_CALLS;
  return wanted.slice(0, count).map((tool) => ({
    id: `call_${String(random.below(100_000_000)).padStart(8, '0')}`,
    type: 'function',
    function: { name: tool.name, arguments: writeArguments(tool, question, random) },
  }));
}

function readTools(value: unknown): Tool[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((entry) => {
    const described = isJsonObject(entry) ? entry.function : undefined;
    if (!isJsonObject(described) || typeof described.name !== 'string') return [];
    return [
      {
        name: described.name,
        description: String(described.description ?? ''),
        parameters: described.parameters,
      },
    ];
  });
}

function nameOf(choice: unknown): string | undefined {
  const described = isJsonObject(choice) ? choice.function : undefined;
  return isJsonObject(described) && typeof described.name === 'string' ? described.name : undefined;
}

/** Arguments are always an object, also where the schema is missing or asks for something else. */
function writeArguments({ parameters }: Tool, question: string, random: SeededRandom): string {
  const value =
    parameters === undefined || parameters === null
      ? {}
      : fillSchema(parameters, random, new Mentions(question));
  return JSON.stringify(isJsonObject(value) ? value : ({} satisfies JsonObject));
}

function isMentioned(name: string, question: string): boolean {
  const text = question.slice(0, QUESTION_CHARS).toLowerCase();
  const spelled = name.toLowerCase();
  return text.includes(spelled) || text.includes(spelled.replaceAll(/[_-]/g, ' '));
}

function sharesWord({ name, description }: Tool, question: string): boolean {
  const asked = wordsOf(question.slice(0, QUESTION_CHARS));
  // `getWeather` and `get_weather` hold two words each.
  const spaced = name.replaceAll(/([a-z])([A-Z])/g, '$1 $2').replaceAll('_', ' ');
  for (const word of wordsOf(`${spaced} ${description.slice(0, DESCRIPTION_CHARS)}`))
    if (asked.has(word)) return true;
  return false;
}

/** Chinese is written without spaces, so words are found by the platform's dictionary. */
const words = new Intl.Segmenter(undefined, { granularity: 'word' });

function wordsOf(text: string): Set<string> {
  const found = new Set<string>();
  for (const { segment, isWordLike } of words.segment(text.toLowerCase())) {
    const isLatin = /^[\p{Script=Latin}\d]+$/u.test(segment);
    const isTelling = isLatin
      ? segment.length >= SHORTEST_LATIN_WORD && !COMMON_WORDS.has(segment)
      : segment.length > 1;
    if (isWordLike === true && isTelling) found.add(segment);
  }
  return found;
}
