/** `ChatOpenAI` with another base URL, and `ChatXAI`, as programs use them. */
import { AIMessage, HumanMessage, SystemMessage, ToolMessage } from '@langchain/core/messages';
import { tool } from '@langchain/core/tools';
import { ChatOpenAI } from '@langchain/openai';
import { ChatXAI } from '@langchain/xai';
import { APIError, BadRequestError, InternalServerError, NotFoundError, RateLimitError } from 'openai';
import { z } from 'zod';
import { serveScenarios, thrownBy } from '../serve-scenarios.mjs';

const CLASSES = { APIError, BadRequestError, InternalServerError, NotFoundError, RateLimitError };

function modelOf({ url, key, className, model = 'grok-beta', extra, maxRetries = 0 }) {
  const fields = { model, apiKey: key, temperature: 0, maxRetries, modelKwargs: extra };
  return className === 'ChatXAI'
    ? new ChatXAI({ ...fields, baseURL: `${url}/v1` })
    : new ChatOpenAI({ ...fields, configuration: { baseURL: `${url}/v1` } });
}

const getWeather = tool(({ unit }) => `18 degrees ${unit} and rain`, {
  name: 'get_weather',
  description: 'Current weather of a city',
  schema: z.object({ city: z.string(), unit: z.enum(['celsius', 'fahrenheit']) }),
});

const RECIPE = z.object({ name: z.string(), steps: z.array(z.string()).min(2), minutes: z.number().int() });

const QUESTION = [new SystemMessage('You are Grok.'), new HumanMessage('What is the meaning of life?')];
const WEATHER = new HumanMessage('What is the weather in Paris?');

serveScenarios({
  async invoke(input) {
    const { content, usage_metadata, response_metadata } = await modelOf(input).invoke(QUESTION);
    return { content, usage: usage_metadata, finishReason: response_metadata.finish_reason };
  },

  async stream(input) {
    let whole;
    let chunks = 0;
    for await (const chunk of await modelOf(input).stream(QUESTION)) {
      whole = whole === undefined ? chunk : whole.concat(chunk);
      chunks += 1;
    }
    return {
      content: whole.content,
      chunks,
      usage: whole.usage_metadata,
      finishReason: whole.response_metadata.finish_reason,
    };
  },

  async batch(input) {
    const answers = await modelOf(input).batch([QUESTION, QUESTION, QUESTION]);
    return answers.map(({ content }) => content);
  },

  async tools(input) {
    const model = modelOf(input).bindTools([getWeather]);
    const called = await model.invoke([WEATHER]);
    const [call] = called.tool_calls;
    const result = await getWeather.invoke(call);
    const answer = await model.invoke([WEATHER, called, result]);
    return {
      calls: called.tool_calls,
      content: answer.content,
      isToolMessage: result instanceof ToolMessage,
    };
  },

  async streamTools(input) {
    let whole;
    const chosen = modelOf(input).bindTools([getWeather], { tool_choice: 'get_weather' });
    for await (const chunk of await chosen.stream([WEATHER]))
      whole = whole === undefined ? chunk : whole.concat(chunk);
    return { calls: whole.tool_calls, invalid: whole.invalid_tool_calls };
  },

  /** A conversation from somewhere else goes on here: what the assistant called, and no text beside it. */
  async history(input) {
    const { content } = await modelOf(input).invoke([
      WEATHER,
      new AIMessage({
        content: '',
        tool_calls: [{ name: 'get_weather', args: { city: 'Paris' }, id: 'call_1' }],
      }),
      new ToolMessage({ content: 'Snow', tool_call_id: 'call_1', name: 'get_weather' }),
    ]);
    return content;
  },

  async structured({ method, ...input }) {
    return modelOf(input)
      .withStructuredOutput(RECIPE, { name: 'recipe', method })
      .invoke('A recipe for lasagna');
  },

  async image({ picture, ...input }) {
    const { content, usage_metadata } = await modelOf({ ...input, model: 'grok-vision-beta' }).invoke([
      new HumanMessage({
        content: [
          { type: 'text', text: 'What is this?' },
          { type: 'image_url', image_url: { url: picture } },
        ],
      }),
    ]);
    return { content, usage: usage_metadata };
  },

  async abort(input) {
    const controller = new AbortController();
    let chunks = 0;
    const thrown = await thrownBy(async () => {
      for await (const _ of await modelOf(input).stream(QUESTION, { signal: controller.signal })) {
        chunks += 1;
        if (chunks === 5) controller.abort();
      }
    });
    return { chunks, thrown };
  },

  fails: (input) => thrownBy(() => modelOf(input).invoke(QUESTION), CLASSES),

  async breaksOff(input) {
    let content = '';
    const thrown = await thrownBy(async () => {
      for await (const chunk of await modelOf(input).stream(QUESTION)) content += chunk.content;
    }, CLASSES);
    return { content, thrown };
  },
});
