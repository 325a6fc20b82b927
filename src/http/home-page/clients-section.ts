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
${client(words.libreChat, html`<div class="code"><pre tabindex="0" role="region" aria-label="librechat.yaml"><code>${libreChatYaml(facts.baseUrl, ids)}</code></pre></div>`)}
</div>${isLoopback(facts.baseUrl) ? html`<p class="meta">${richText(words.container)}</p>` : undefined}</section>`;
}

/** A string of JSON is one of YAML too, whatever it holds. */
function libreChatYaml(baseUrl: string, ids: readonly string[]): string {
  return `version: 1.3.14
cache: true
endpoints:
  custom:
    - name: "Turnpike"
      apiKey: "\${TURNPIKE_API_KEY}"
      baseURL: ${JSON.stringify(`${baseUrl}/v1`)}
      models:
        default: [${ids.map((id) => JSON.stringify(id)).join(', ')}]
        fetch: true
      titleConvo: true
      titleModel: "current_model"
      modelDisplayLabel: "Turnpike"`;
}
