import type { HomeSentences } from '../../language/sentences.ts';
import { KEY_PLACEHOLDER, walkThroughCurl } from '../../language/walk-through-curl.ts';
import { type Html, html, richText } from '../html.ts';

/** The base URL and the walk-through's call, ready to paste. */
export function firstCallSection(baseUrl: string, { firstCall: words }: HomeSentences): Html {
  return html`<section aria-labelledby="first-call"><h2 id="first-call">${words.heading}</h2>
<dl class="base"><dt>${words.baseUrl}</dt><dd><code>${baseUrl}/v1</code></dd><dt>${words.openAiBaseUrl}</dt><dd><code>${baseUrl}/openai/v1</code></dd></dl>
<div class="code"><div class="caption"><span>${words.paste}</span><span>${words.clickSelects}</span></div>
<pre tabindex="0" role="region" aria-label="${words.paste}"><code>${coloured(walkThroughCurl(baseUrl, KEY_PLACEHOLDER))}</code></pre></div>
<p class="meta">${richText(words.key)}</p></section>`;
}

/** The command's name, its options and its quoted strings each in their own colour. */
function coloured(command: string): Html {
  const parts = command
    .split(/(^curl| -[Hd](?= )|"[^"]*"(?= \\)|'[^']*')/)
    .map((text) => html`${paint(text)}`);
  return html`${parts}`;
}

function paint(text: string): Html {
  if (text === 'curl') return html`<span class="key">${text}</span>`;
  if (text.startsWith(' -')) return html`<span class="number">${text}</span>`;
  if (/^["']/.test(text)) return html`<span class="string">${text}</span>`;
  return html`${text}`;
}
