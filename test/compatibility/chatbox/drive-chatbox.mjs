/**
 * What Chatbox does with a provider of its user's own ("OpenAI API Compatible"): the AI SDK under its custom-provider
 * settings, with the address that the user typed. Chatbox itself is an app with windows; these are its wires.
 */
import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import {
  APICallError,
  extractReasoningMiddleware,
  generateText,
  simulateStreamingMiddleware,
  stepCountIs,
  streamText,
  tool,
  wrapLanguageModel,
} from 'ai';
import { z } from 'zod';
import { describeError, serveScenarios } from '../serve-scenarios.mjs';

const CHAT_PATH = '/chat/completions';

/**
 * Where Chatbox sends what it asks, from the two fields of its settings. One slash is taken from the end of the host; a
 * host that ends in the chat path is split; `/v1` is added only where neither field says more.
 */
function addressOf({ host, path = '' }) {
  let base = host.trim().replace(/\/$/, '');
  let below = path.trim();
  if (below !== '' && !below.startsWith('/')) below = `/${below}`;
  if (base.endsWith(CHAT_PATH)) {
    base = base.slice(0, -CHAT_PATH.length);
    below = CHAT_PATH;
  }
  if (below === '' && !base.endsWith('/v1')) base += '/v1';
  return { base, chat: base + (below === '' ? CHAT_PATH : below) };
}

function modelOf({ host, path, key, model = 'grok-beta', extra, isStreaming = true }) {
  const { base, chat } = addressOf({ host, path });
  const provider = createOpenAICompatible({
    name: 'Custom OpenAI',
    apiKey: key,
    baseURL: base,
    fetch: (_, init) =>
      fetch(chat, { ...init, body: JSON.stringify({ ...JSON.parse(init.body), ...extra }) }),
  });
  return wrapLanguageModel({
    model: provider.languageModel(model),
    middleware: [
      extractReasoningMiddleware({ tagName: 'think' }),
      ...(isStreaming ? [] : [simulateStreamingMiddleware()]),
    ],
  });
}

const SYSTEM = 'Current model: grok-beta\nCurrent date: 2026-11-22\n';

/** Chatbox streams every question through the same call, and repeats nothing by itself that may have been billed. */
async function ask(input, { messages, tools, signal }) {
  const result = streamText({
    model: modelOf(input),
    messages,
    tools,
    stopWhen: stepCountIs(10),
    abortSignal: signal?.signal,
    maxRetries: 0,
    onError: () => {},
  });
  const answer = { text: '', reasoning: '', calls: [], results: [], deltas: 0, errors: [], isAborted: false };
  for await (const part of result.fullStream) {
    if (part.type === 'text-delta') {
      answer.text += part.text;
      answer.deltas += 1;
      if (signal !== undefined && answer.deltas === signal.afterDeltas) signal.abort();
    }
    if (part.type === 'reasoning-delta') answer.reasoning += part.text;
    if (part.type === 'tool-call') answer.calls.push({ name: part.toolName, input: part.input });
    if (part.type === 'tool-result') answer.results.push(part.output);
    if (part.type === 'abort') answer.isAborted = true;
    if (part.type === 'error') {
      const { error } = part;
      answer.errors.push(
        typeof error === 'string'
          ? error
          : { ...describeError(error, { APICallError }), body: error.responseBody },
      );
    }
  }
  if (answer.errors.length > 0 || answer.isAborted) return answer;
  return { ...answer, usage: await result.totalUsage, finishReason: await result.finishReason };
}

const QUESTION = { role: 'user', content: [{ type: 'text', text: 'What is the meaning of life?' }] };

serveScenarios({
  chat: (input) =>
    ask({ host: input.url, ...input }, { messages: [{ role: 'system', content: SYSTEM }, QUESTION] }),

  abort(input) {
    const controller = new AbortController();
    const signal = { signal: controller.signal, afterDeltas: 5, abort: () => controller.abort() };
    return ask({ host: input.url, ...input }, { messages: [QUESTION], signal });
  },

  tools: (input) =>
    ask(
      { host: input.url, ...input },
      {
        messages: [{ role: 'user', content: 'What do the latest news say about Paris? Use web_search.' }],
        tools: {
          web_search: tool({
            description: 'Search the web',
            inputSchema: z.object({ query: z.string() }),
            execute: () => 'Rain over Paris',
          }),
        },
      },
    ),

  image: ({ picture, ...input }) =>
    ask(
      { host: input.url, model: 'grok-vision-beta', ...input },
      {
        messages: [
          {
            role: 'user',
            content: [
              { type: 'text', text: 'What is this?' },
              { type: 'image', image: picture, mediaType: 'image/png' },
            ],
          },
        ],
      },
    ),

  /** The title of a session, and the "Check" button of the settings, which asks for as little. */
  async check(input) {
    const { text } = await generateText({
      model: modelOf({ host: input.url, ...input }),
      messages: [{ role: 'user', content: 'Hi' }],
      maxRetries: 0,
    });
    return text;
  },

  /** What Chatbox learns about a provider's models. */
  async models({ host, path, key }) {
    const { base } = addressOf({ host, path });
    const { data } = await (
      await fetch(`${base}/models`, { headers: { authorization: `Bearer ${key}` } })
    ).json();
    return data.map(({ id, name, context_length, architecture }) => ({
      id,
      nickname: name,
      contextWindow: context_length,
      hasVision: architecture.input_modalities.includes('image'),
    }));
  },
});
