/**
 * Markup that may be sent as it is. Whatever is put into an `html` template is escaped unless it is one of these,
 * so a value from outside cannot become markup by being forgotten.
 */
export class Html {
  readonly markup: string;

  constructor(markup: string) {
    this.markup = markup;
  }
}

export type HtmlPart = Html | string | number | undefined | readonly HtmlPart[];

/** Builds markup from a template. Attribute values must stand in double quotes. */
export function html(strings: TemplateStringsArray, ...parts: readonly HtmlPart[]): Html {
  return new Html(strings.reduce((markup, text, at) => markup + markupOf(parts[at - 1]) + text));
}

/** Markup of our own making, such as a drawing. Never call it with anything that came from outside. */
export function trustedMarkup(markup: string): Html {
  return new Html(markup);
}

function markupOf(part: HtmlPart): string {
  if (part === undefined) return '';
  if (part instanceof Html) return part.markup;
  if (typeof part === 'string' || typeof part === 'number') return escapeHtml(String(part));
  return part.map(markupOf).join('');
}

/** Text as it must stand between tags and in quoted attributes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** A sentence whose backticks mark what is to be set as code. */
export function richText(sentence: string): Html {
  const parts = sentence
    .split('`')
    .map((text, at) => (at % 2 === 1 ? html`<code>${text}</code>` : html`${text}`));
  return html`${parts}`;
}
