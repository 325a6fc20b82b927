import { librechatYaml } from '../../console/client-settings/librechat-settings.ts';
import type { ClientSteps, HomeSentences } from '../../language/sentences.ts';
import { type Html, html, richText } from '../html.ts';
import { isLoopback } from '../own-base-url.ts';
import { foldIcon } from './brand.ts';
import type { HomePageFacts } from './facts.ts';

/** Models named in the settings of a client; it fetches the rest itself. */
const NAMED_MODELS = 6;

/** How to point Chatbox, One API and LibreChat here, each in a fold of its own. */
export function clientsSection(facts: HomePageFacts, { clients: words }: HomeSentences): Html {
  const ids = facts.models.slice(0, NAMED_MODELS).map((model) => model.id);
  const client = (steps: ClientSteps, more?: Html) => {
    const lines = steps.steps({ baseUrl: facts.baseUrl, models: ids.join(',') });
    return html`<details><summary>${foldIcon}<span>${steps.title}</span><span class="t3">${steps.summary}</span></summary>
<div class="fold">${
      lines.length === 1
        ? html`<p>${lines.map(richText)}</p>`
        : html`<ol>${lines.map((line) => html`<li>${richText(line)}</li>`)}</ol>`
    }${more}</div></details>`;
  };

  return html`<section aria-labelledby="clients"><h2 id="clients">${words.heading}</h2><div class="folds">
${client(words.chatbox)}
${client(words.oneApi)}
${client(words.libreChat, html`<div class="code"><pre tabindex="0" role="region" aria-label="librechat.yaml"><code>${librechatYaml(facts.baseUrl, ids)}</code></pre></div>`)}
</div>${isLoopback(facts.baseUrl) ? html`<p class="meta">${richText(words.container)}</p>` : undefined}</section>`;
}
