import { randomBytes } from 'node:crypto';
import { ApiError } from './api-error.ts';
import type { LlamaModel, TemplateModule } from './llama-binding.ts';
import { chooseLayout } from './message-layout.ts';
import type { PlainMessage } from './read-messages.ts';
import { SpecialTokens } from './special-tokens.ts';

/** What llama.cpp takes for a model whose file names no template. */
const CHATML =
  "{% for message in messages %}{{ '<|im_start|>' + message['role'] + '\\n' + message['content'] + '<|im_end|>\\n' }}" +
  "{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}";

/** Turns messages into the tokens that the model reads, by the template in its file. */
export type RenderPrompt = (messages: readonly PlainMessage[]) => number[];

export function createPromptRenderer(model: LlamaModel, { Template }: TemplateModule): RenderPrompt {
  const template = new Template(model.fileInfo.metadata.tokenizer?.chat_template ?? CHATML);
  const specials = new SpecialTokens(model);
  const renderText = (messages: readonly PlainMessage[]) =>
    template.render({
      messages,
      add_generation_prompt: true,
      // Models that think at length before each word are of no use at this size.
      enable_thinking: false,
      bos_token: model.tokens.bosString ?? '',
      eos_token: model.tokens.eosString ?? '',
    });
  const layout = chooseLayout(renderText);
  if (layout === undefined) throw new Error("the model's chat template cannot be used");

  return (messages) => {
    // Control texts in messages are taken out before the template is filled and put back as plain characters.
    const taken: string[] = [];
    const mark = `\u{F0000}${randomBytes(8).toString('hex')}\u{F0001}`;
    const takeOut = (special: string) => {
      taken.push(special);
      return mark;
    };
    const safe = layout(messages).map(({ role, content }) => ({
      role,
      content: specials.replaceIn(content, takeOut),
    }));
    return tokenizePieces(model, render(renderText, safe).split(mark), taken);
  };
}

function render(renderText: (messages: readonly PlainMessage[]) => string, messages: PlainMessage[]): string {
  try {
    return renderText(messages);
  } catch {
    throw new ApiError(
      400,
      'invalid_messages',
      "The model's chat template does not take these messages.",
      'messages',
    );
  }
}

/** `pieces` are joined by `plain`: between each two of them stands a text that is not a control token. */
function tokenizePieces(model: LlamaModel, pieces: readonly string[], plain: readonly string[]): number[] {
  const tokens = model.tokenize(pieces[0] ?? '', true);
  for (const [index, piece] of pieces.slice(1).entries()) {
    // Not spread into push(): a piece may have more tokens than a call may have arguments.
    for (const token of model.tokenize(plain[index] ?? '', false, 'trimLeadingSpace')) tokens.push(token);
    for (const token of model.tokenize(piece, true, 'trimLeadingSpace')) tokens.push(token);
  }
  const { bos, shouldPrependBosToken } = model.tokens;
  if (shouldPrependBosToken && bos !== null && tokens[0] !== bos) tokens.unshift(bos);
  return tokens;
}
