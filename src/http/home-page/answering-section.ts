import type { HomeSentences } from '../../language/sentences.ts';
import { type Html, html, richText } from '../html.ts';
import { foldIcon, informationIcon } from './brand.ts';
import type { HomePageFacts, HomePageModel } from './facts.ts';

/** Which upstream answers which models, whether it is real, and how to connect one that is. */
export function answeringSection(facts: HomePageFacts, { answering: words }: HomeSentences): Html {
  const simulated = facts.models.filter((model) => model.answeredBy.simulated).map((model) => model.id);
  const none = simulated.length === facts.models.length;
  const notice = none ? words.noneConnected : words.notConnected(simulated);
  const ways = waysToConnect(facts, words);

  return html`<section aria-labelledby="answering"><h2 id="answering">${words.heading}</h2>
<ul class="routes">${groupByUpstream(facts.models).map((models) => route(models, words))}</ul>
${simulated.length > 0 ? html`<div class="banner">${informationIcon}<p>${richText(notice)}</p></div>` : undefined}
${none ? html`<h3>${words.connect}</h3>${ways}` : folded(words.connectAnother, ways)}</section>`;
}

function folded(title: string, content: Html): Html {
  return html`<details><summary>${foldIcon}<span>${title}</span></summary><div class="fold">${content}</div></details>`;
}

function groupByUpstream(models: readonly HomePageModel[]): HomePageModel[][] {
  const groups = new Map<string, HomePageModel[]>();
  for (const model of models) {
    const upstream = JSON.stringify([model.answeredBy.simulated, model.answeredBy.name]);
    const group = groups.get(upstream);
    if (group === undefined) groups.set(upstream, [model]);
    else group.push(model);
  }
  return [...groups.values()];
}

/** A row that is drawn as a road: solid to a model, dashed to the simulator. */
function route(models: readonly HomePageModel[], words: HomeSentences['answering']): Html {
  const upstream = models[0]?.answeredBy;
  const names = models.map((model) => html`<span>${model.id}</span>`);
  return upstream === undefined || upstream.simulated
    ? html`<li><i class="sign off"></i><span class="names">${names}</span><i class="road dashed"></i><span class="badge info">${words.simulator}</span></li>`
    : html`<li><i class="sign open"></i><span class="names">${names}</span><i class="road"></i><span class="upstream"><span class="unseen">${words.aModel}: </span>${upstream.name}</span></li>`;
}

function waysToConnect(facts: HomePageFacts, words: HomeSentences['answering']): Html {
  const way = (title: string, note: string, command: string, badge?: string) =>
    html`<li><div class="way"><span class="b5">${title}</span><span class="t3">${note}</span>${
      badge === undefined ? undefined : html`<span class="badge info">${badge}</span>`
    }</div><pre class="one"><code>${command}</code></pre></li>`;
  const { here, xai, compatible, channels } = words;

  return html`<p class="meta">${words.restart}</p><ul class="ways">
${way(here.title, here.note, 'npm start -- --local')}
${way(xai.title, xai.note, 'TURNPIKE_UPSTREAM=xai TURNPIKE_UPSTREAM_KEY=$XAI_API_KEY npm start')}
${way(
  compatible.title,
  compatible.note,
  'TURNPIKE_UPSTREAM=http://127.0.0.1:11434/v1 TURNPIKE_UPSTREAM_MODEL=llama3.2 npm start',
  facts.ollamaFound ? words.ollamaFound : undefined,
)}
${way(channels.title, channels.note, 'npm run turnpike -- channels add --preset ollama --model grok-beta=llama3.2')}
</ul>`;
}
