/** `@ai-sdk/xai` as its users use it: `xai.chat()` with another base URL. */
import { createXai } from '@ai-sdk/xai';
import {
  APICallError,
  generateObject,
  generateText,
  isStepCount,
  Output,
  RetryError,
  streamText,
  tool,
} from 'ai';
import { z } from 'zod';
import { describeError, serveScenarios, thrownBy } from '../serve-scenarios.mjs';

const CLASSES = { APICallError, RetryError };

/** `extra` goes into the request's body, which the SDK itself lets nobody do. */
function chat({ url, key, model = 'grok-beta', extra }) {
  const provider = createXai({
    baseURL: `${url}/v1`,
    apiKey: key,
    ...(extra === undefined
      ? {}
      : {
          fetch: (address, init) =>
            fetch(address, { ...init, body: JSON.stringify({ ...JSON.parse(init.body), ...extra }) }),
        }),
  });
  return provider.chat(model);
}

const getWeather = tool({
  description: 'Current weather of a city',
  inputSchema: z.object({ city: z.string(), unit: z.enum(['celsius', 'fahrenheit']) }),
  execute: async ({ unit }) => `18 degrees ${unit} and rain`,
});

const recipe = z.object({ name: z.string(), steps: z.array(z.string()).min(2), minutes: z.number().int() });

function usageOf({ inputTokens, outputTokens, totalTokens }) {
  return { inputTokens, outputTokens, totalTokens };
}

serveScenarios({
  async generateText(input) {
    const { text, finishReason, usage, response } = await generateText({
      model: chat(input),
      system: 'You are Grok.',
      prompt: 'What is the meaning of life?',
      temperature: 0,
      maxRetries: 0,
    });
    return {
      text,
      finishReason,
      usage: usageOf(usage),
      raw: usage.raw,
      modelId: response.modelId,
      id: response.id,
      simulated: response.headers['x-turnpike-simulated'],
    };
  },

  async streamText(input) {
    const result = streamText({
      model: chat(input),
      prompt: 'What is the meaning of life?',
      maxRetries: 0,
      onError: () => {},
    });
    const parts = [];
    let text = '';
    for await (const part of result.fullStream) {
      if (part.type === 'text-delta') text += part.text;
      parts.push(
        part.type === 'error' ? { type: 'error', error: describeError(part.error, CLASSES) } : part.type,
      );
    }
    const isWhole = !parts.some((part) => typeof part === 'object');
    return {
      text,
      parts,
      ...(isWhole ? { finishReason: await result.finishReason, usage: usageOf(await result.usage) } : {}),
    };
  },

  async abort(input) {
    const controller = new AbortController();
    const result = streamText({
      model: chat(input),
      prompt: 'Hello',
      maxRetries: 0,
      abortSignal: controller.signal,
      onError: () => {},
    });
    let deltas = 0;
    let wasAborted = false;
    for await (const part of result.fullStream) {
      if (part.type === 'abort') wasAborted = true;
      if (part.type !== 'text-delta') continue;
      deltas += 1;
      if (deltas === 5) controller.abort();
    }
    return { deltas, wasAborted };
  },

  async tools(input) {
    const { text, steps } = await generateText({
      model: chat(input),
      prompt: 'What is the weather in Paris?',
      tools: { get_weather: getWeather },
      stopWhen: isStepCount(3),
      maxRetries: 0,
    });
    return {
      text,
      steps: steps.map(({ finishReason, toolCalls, toolResults }) => ({
        finishReason,
        calls: toolCalls.map(({ toolName, input: given }) => ({ toolName, input: given })),
        results: toolResults.map(({ output }) => output),
      })),
    };
  },

  async streamTools(input) {
    const result = streamText({
      model: chat(input),
      prompt: 'What is the weather in Paris?',
      tools: { get_weather: getWeather },
      stopWhen: isStepCount(3),
      maxRetries: 0,
    });
    return { text: await result.text, steps: (await result.steps).map(({ finishReason }) => finishReason) };
  },

  async image({ picture, ...input }) {
    const { text, usage } = await generateText({
      model: chat({ ...input, model: 'grok-vision-beta' }),
      messages: [
        {
          role: 'user',
          content: [
            { type: 'text', text: 'What is this?' },
            { type: 'file', mediaType: 'image/png', data: picture },
          ],
        },
      ],
      maxRetries: 0,
    });
    return { text, raw: usage.raw };
  },

  async generateObject(input) {
    const { object, finishReason } = await generateObject({
      model: chat(input),
      schema: recipe,
      prompt: 'A recipe for lasagna',
      maxRetries: 0,
    });
    return { object, finishReason };
  },

  async structuredStream(input) {
    const result = streamText({
      model: chat(input),
      output: Output.object({ schema: recipe }),
      prompt: 'A recipe for lasagna',
      maxRetries: 0,
    });
    let pieces = 0;
    for await (const _ of result.partialOutputStream) pieces += 1;
    return { object: await result.output, pieces };
  },

  async fails(input) {
    return thrownBy(
      () => generateText({ model: chat(input), prompt: input.prompt ?? 'Hello', maxRetries: 0 }),
      CLASSES,
    );
  },

  async retries(input) {
    return thrownBy(() => generateText({ model: chat(input), prompt: 'Hello', maxRetries: 1 }), CLASSES);
  },
});
