/**
 * LibreChat's library, given what LibreChat gives it for a custom endpoint of `librechat.yaml`: the class of the client
 * hangs on the endpoint's name, usage is not asked for, a user is always named.
 */

import { randomUUID } from 'node:crypto';
import { HumanMessage } from '@langchain/core/messages';
import { tool } from '@langchain/core/tools';
import {
  ChatModelStreamHandler,
  createContentAggregator,
  GraphEvents,
  ModelEndHandler,
  Providers,
  Run,
  ToolEndHandler,
} from '@librechat/agents';
import axios from 'axios';
import { z } from 'zod';
import { describeError, serveScenarios } from '../serve-scenarios.mjs';

const USER = '6741f0c2a9e4b8d3c5f60718';

function settingsOf({ url, key, endpoint, model = 'grok-beta', base = '/v1', addParams = {}, headers }) {
  return {
    provider: endpoint.toLowerCase() === 'xai' ? Providers.XAI : Providers.OPENAI,
    model,
    user: USER,
    apiKey: key,
    streaming: true,
    streamUsage: false,
    usage: true,
    configuration: { baseURL: url + base, ...(headers === undefined ? {} : { defaultHeaders: headers }) },
    modelKwargs: addParams,
  };
}

const getWeather = tool(({ unit }) => `18 degrees ${unit} and rain`, {
  name: 'get_weather',
  description: 'Current weather of a city',
  schema: z.object({ city: z.string(), unit: z.enum(['celsius', 'fahrenheit']) }),
});

async function startTurn(input, { instructions, tools } = {}) {
  const { provider, ...clientOptions } = settingsOf(input);
  const { contentParts, aggregateContent } = createContentAggregator();
  const usages = [];
  const aggregate = { handle: (event, data) => aggregateContent({ event, data }) };
  let deltas = 0;
  const run = await Run.create({
    runId: randomUUID(),
    graphConfig: {
      type: 'standard',
      agents: [{ agentId: 'agent', provider, clientOptions, instructions, tools, maxContextTokens: 100_000 }],
    },
    returnContent: true,
    customHandlers: {
      [GraphEvents.TOOL_END]: new ToolEndHandler(),
      [GraphEvents.CHAT_MODEL_END]: new ModelEndHandler(usages),
      [GraphEvents.CHAT_MODEL_STREAM]: new ChatModelStreamHandler(),
      [GraphEvents.ON_RUN_STEP]: aggregate,
      [GraphEvents.ON_RUN_STEP_DELTA]: aggregate,
      [GraphEvents.ON_RUN_STEP_COMPLETED]: aggregate,
      [GraphEvents.ON_REASONING_DELTA]: aggregate,
      [GraphEvents.ON_MESSAGE_DELTA]: {
        handle(event, data) {
          deltas += 1;
          input.onDelta?.(deltas);
          aggregateContent({ event, data });
        },
      },
    },
  });
  return { run, contentParts, usages, deltas: () => deltas };
}

/** One turn of a conversation, until it ends or fails. */
async function takeTurn(input, messages, { signal, ...options } = {}) {
  const turn = await startTurn(input, options);
  const config = {
    configurable: { thread_id: randomUUID(), user_id: USER },
    recursionLimit: 25,
    streamMode: 'values',
    version: 'v2',
    signal,
  };
  let thrown;
  try {
    await turn.run.processStream({ messages }, config, { keepContent: true });
  } catch (error) {
    thrown = describeError(error);
  }
  const parts = turn.contentParts.filter((part) => part !== undefined);
  return {
    run: turn.run,
    answer: {
      text: parts.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join(''),
      think: parts.flatMap((part) => (part.type === 'think' ? [part.think] : [])).join(''),
      tools: parts.flatMap((part) => (part.type === 'tool_call' ? [part.tool_call] : [])),
      usages: turn.usages,
      deltas: turn.deltas(),
      thrown,
    },
  };
}

function makeTitle(run, input, titleMethod, contentParts) {
  const { provider, streaming, ...clientOptions } = settingsOf(input);
  return run.generateTitle({
    provider,
    inputText: QUESTION,
    contentParts,
    titleMethod,
    clientOptions: { ...clientOptions, streaming: false },
    chainOptions: { configurable: { thread_id: randomUUID(), user_id: USER } },
  });
}

const QUESTION = 'What is the meaning of life?';

serveScenarios({
  /** `models.fetch: true`: the ids, and the prices where every model has them in OpenRouter's form. */
  async models({ url, key, base = '/v1' }) {
    const headers = { Authorization: `Bearer ${key}` };
    const { data } = await axios.get(`${url}${base}/models`, { headers, timeout: 5_000 });
    const prices = data.data.map(({ id, pricing, context_length }) => [
      id,
      Number(pricing.prompt) * 1e6,
      Number(pricing.completion) * 1e6,
      context_length,
    ]);
    return { ids: data.data.map(({ id }) => id), prices };
  },

  async chat(input) {
    const { answer } = await takeTurn(input, [new HumanMessage(QUESTION)], { instructions: 'You are Grok.' });
    return answer;
  },

  async tools(input) {
    const messages = [new HumanMessage('What is the weather in Paris?')];
    const { answer } = await takeTurn(input, messages, { tools: [getWeather] });
    return answer;
  },

  async image({ picture, ...input }) {
    const content = [
      { type: 'text', text: 'What is this?' },
      { type: 'image_url', image_url: { url: picture, detail: 'auto' } },
    ];
    const { answer } = await takeTurn({ model: 'grok-vision-beta', ...input }, [
      new HumanMessage({ content }),
    ]);
    return answer;
  },

  async abort(input) {
    const controller = new AbortController();
    const onDelta = (deltas) => deltas === 3 && controller.abort();
    const { answer } = await takeTurn({ ...input, onDelta }, [new HumanMessage(QUESTION)], {
      signal: controller.signal,
    });
    return answer;
  },

  /** The first turn of a conversation: the title is asked for while the answer is being written. */
  async firstTurn({ titleMethod, titleParams, ...input }) {
    const { run } = await startTurn(input);
    const [{ answer }, title] = await Promise.all([
      takeTurn(input, [new HumanMessage(QUESTION)]),
      makeTitle(run, { ...input, addParams: titleParams ?? input.addParams }, titleMethod, []).catch(
        (error) => ({
          thrown: describeError(error),
        }),
      ),
    ]);
    return { answer, title };
  },
});
