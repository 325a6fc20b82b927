import { createHash } from 'node:crypto';
import type { Language } from '../language/choose-language.ts';
import { sentencesIn } from '../language/sentences-in.ts';
import { answeringSection } from './home-page/answering-section.ts';
import { globeIcon, iconAddress, informationIcon, scene, wordmark } from './home-page/brand.ts';
import { clientsSection } from './home-page/clients-section.ts';
import type { HomePageFacts } from './home-page/facts.ts';
import { firstCallSection } from './home-page/first-call-section.ts';
import { modelsSection } from './home-page/models-section.ts';
import { homePageStyle } from './home-page/style.ts';
import { html, richText, trustedMarkup } from './html.ts';

export type { HomePageFacts, HomePageModel } from './home-page/facts.ts';

const STYLE_HASH = createHash('sha256').update(homePageStyle).digest('base64');

/** Sent with the page. It loads nothing, runs nothing, may not be framed and says nothing about where it was left. */
export const homePageHeaders: Readonly<Record<string, string>> = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  // The page differs by language and by the host that was asked for, and it tells what answers right now.
  'cache-control': 'no-store',
  vary: 'accept-language',
};

/**
 * The page that a person gets at `/`: what this is, whether a model answers, and what to do next. It never shows a
 * key, a count of users or an amount of anyone's money.
 */
export function renderHomePage(facts: HomePageFacts, language: Language): string {
  const { tag, home: words } = sentencesIn(language);
  const other = words.switchLanguage;

  return html`<!doctype html>
<html lang="${tag}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>Turnpike</title>
<link rel="icon" href="${iconAddress}">
<style>${trustedMarkup(homePageStyle)}</style>
</head>
<body>
<header>${wordmark}<a class="language" href="?lang=${other.query}" lang="${other.tag}" hreflang="${other.tag}">${globeIcon}${other.name}</a></header>
<main>
<h1>${words.running}</h1>
<div class="about">${words.about.map((line) => html`<p>${richText(line)}</p>`)}</div>
${facts.isSetUpOpen === true ? html`<div class="banner">${informationIcon}<p>${richText(words.setUp)}</p></div>` : undefined}
${answeringSection(facts, words)}
${firstCallSection(facts.baseUrl, words)}
${modelsSection(facts.models, words)}
${clientsSection(facts, words)}
<nav class="links" aria-label="${words.links.heading}">${facts.hasConsole === true ? html`<span><a href="/console">/console</a> ${words.links.console}</span>` : ''}<span><a href="/v1/models">/v1/models</a> ${words.links.models}</span><span><a href="/healthz">/healthz</a> ${words.links.health}</span></nav>
</main>
<footer>${scene}<p>Turnpike ${facts.version} · ${words.stays}</p></footer>
</body>
</html>
`.markup;
}
