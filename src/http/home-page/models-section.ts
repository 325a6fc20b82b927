import type { HomeSentences } from '../../language/sentences.ts';
import { type Html, html } from '../html.ts';
import type { HomePageModel } from './facts.ts';

/** What each model takes, gives, allows and costs. The roles keep it a table where a phone lays it out as a list. */
export function modelsSection(models: readonly HomePageModel[], { models: words }: HomeSentences): Html {
  const head = (label: string, side: string) =>
    html`<th role="columnheader" scope="col" class="${side}">${label}</th>`;

  return html`<section aria-labelledby="models"><h2 id="models">${words.heading}</h2>
<table role="table" aria-labelledby="models"><thead role="rowgroup"><tr role="row">
${head(words.model, '')}${head(words.modalities, '')}${head(words.context, 'r')}${head(words.input, 'r')}${head(words.output, 'r')}
</tr></thead><tbody role="rowgroup">${models.map((model) => row(model, words))}</tbody></table>
<p class="meta t3">${words.perMillion}</p></section>`;
}

function row(model: HomePageModel, words: HomeSentences['models']): Html {
  const list = (names: readonly string[]) => names.map(words.modality).join(' + ');
  return html`<tr role="row"><th role="rowheader" scope="row" class="model">${model.id}<span class="sub">${words.limits(model)}</span></th>
<td role="cell" class="modalities">${list(model.input)} → ${list(model.output)}</td>
<td role="cell" class="r context" data-label="${words.context}">${model.contextTokens.toLocaleString('en-US')}</td>
<td role="cell" class="r in" data-label="${words.input}">${model.inputUsdPerMillion}</td>
<td role="cell" class="r out" data-label="${words.output}">${model.outputUsdPerMillion}</td></tr>`;
}
