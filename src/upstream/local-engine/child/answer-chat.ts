import { ApiError } from './api-error.ts';
import {
  type AnswerHead,
  END_OF_STREAM,
  type Finish,
  newAnswerHead,
  type Used,
  writeAnswer,
  writeChunk,
} from './chat-wire.ts';
import type { Engine } from './engine.ts';
import { generate } from './generate.ts';
import { type ChatRequest, readChatRequest } from './read-chat-request.ts';
import { readPrompt } from './read-prompt.ts';
import type { Reply } from './reply.ts';
import { responseGrammar } from './response-grammar.ts';
import { USUAL_ANSWER_TOKENS } from './usual-answer.ts';

/** Between two signs of life while a long prompt is read. */
const SIGN_OF_LIFE_MS = 2_000;

/** Where the parts of an answer go as they come into being. */
interface AnswerSink {
  begin(used: Used): Promise<void>;
  reading(): Promise<void>;
  piece(index: number, text: string, finish: Finish | undefined, used: Used): Promise<void>;
  end(used: Used): Promise<void>;
}

/** `POST /chat/completions`: waits for a place, reads the prompt and generates the choices one after another. */
export async function answerChat(
  engine: Engine,
  body: Readonly<Record<string, unknown>>,
  reply: Reply,
  signal: AbortSignal,
): Promise<void> {
  const request = readChatRequest(body);
  const prompt = engine.renderPrompt(request.messages);
  const { contextTokens } = engine.open;
  if (prompt.length >= contextTokens) throw tooLong(prompt.length, contextTokens);
  const grammar = await responseGrammar(engine.open.llama, request.format);
  const head = newAnswerHead(engine.modelName);
  const sink = request.stream ? streamTo(reply, head, request) : collectFor(reply, head);

  const slot = await engine.slots.acquire(prompt, signal);
  try {
    let used: Used = { promptTokens: prompt.length, cachedTokens: 0, outputTokens: 0 };
    await sink.begin(used);
    for (let index = 0; index < request.choices; index += 1) {
      const { rest, cachedTokens } = await readPrompt(slot, prompt, engine.step, sink.reading, signal);
      // The prompt is charged once, for what its first reading took.
      if (index === 0) used = { ...used, cachedTokens };
      const before = used.outputTokens;
      const seed = request.sampling.seed;
      const answer = generate(engine.open, {
        slot,
        rest,
        grammar,
        signal,
        stops: request.stops,
        step: engine.step,
        outputTokensAtMost: Math.min(
          request.outputTokensAtMost ?? USUAL_ANSWER_TOKENS,
          contextTokens - prompt.length,
        ),
        // Choices with the same seed would be the same text.
        sampling: { ...request.sampling, seed: seed === undefined ? undefined : seed + index },
      });
      for await (const { text, tokens, finish } of answer) {
        used = { ...used, outputTokens: before + tokens };
        await sink.piece(index, text, finish, used);
      }
    }
    await sink.end(used);
  } finally {
    engine.slots.release(slot);
  }
}

function collectFor(reply: Reply, head: AnswerHead): AnswerSink {
  const choices: { content: string; finish: Finish }[] = [];
  return {
    async begin() {},
    async reading() {},
    async piece(index, text, finish) {
      choices[index] = { content: (choices[index]?.content ?? '') + text, finish: finish ?? 'stop' };
    },
    end: (used) => reply.json(200, writeAnswer(head, choices, used)),
  };
}

function streamTo(reply: Reply, head: AnswerHead, { includeUsage }: ChatRequest): AnswerSink {
  const begun = new Set<number>();
  let lastSignMs = performance.now();
  return {
    async begin(used) {
      begun.add(0);
      await reply.stream(
        writeChunk(head, { index: 0, delta: { role: 'assistant', content: '' }, finish: null }, used),
      );
    },
    async reading() {
      if (performance.now() - lastSignMs < SIGN_OF_LIFE_MS) return;
      lastSignMs = performance.now();
      await reply.stream(': the prompt is being read\n\n');
    },
    async piece(index, text, finish, used) {
      if (!begun.has(index)) {
        begun.add(index);
        await reply.stream(
          writeChunk(head, { index, delta: { role: 'assistant', content: '' }, finish: null }, used),
        );
      }
      if (text !== '')
        await reply.stream(writeChunk(head, { index, delta: { content: text }, finish: null }, used));
      if (finish !== undefined) await reply.stream(writeChunk(head, { index, delta: {}, finish }, used));
    },
    async end(used) {
      if (includeUsage) await reply.stream(writeChunk(head, undefined, used));
      await reply.stream(END_OF_STREAM);
      reply.end();
    },
  };
}

function tooLong(promptTokens: number, contextTokens: number): ApiError {
  const message =
    `This model's maximum context length is ${contextTokens} tokens, prompt and answer together; ` +
    `your messages have ${promptTokens} tokens.`;
  return new ApiError(400, 'context_length_exceeded', message, 'messages');
}
