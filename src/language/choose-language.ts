/** The languages that everything a person reads exists in. */
export type Language = 'en' | 'zh';

/** A longer header is no browser's; what lies beyond is not read. */
const MAXIMUM_LENGTH = 512;

/** Languages looked at in one header. */
const MAXIMUM_RANGES = 32;

/** The language that a tag or locale names (`zh-Hans-CN`, `zh_CN.UTF-8`, `en`), or undefined when it is neither. */
export function languageNamed(tag: string | undefined): Language | undefined {
  // A Traditional Chinese reader is closer to Simplified Chinese than to English, so every `zh` counts.
  const primary = /^(zh|en)(?:[-_.@]|$)/i.exec(tag ?? '')?.[1];
  return primary === undefined ? undefined : primary.toLowerCase() === 'zh' ? 'zh' : 'en';
}

/**
 * The better of our languages for an `Accept-Language` header (`fr, zh-CN;q=0.8, en;q=0.5`) or a POSIX locale
 * (`zh_CN.UTF-8`). English when neither is asked for.
 */
export function chooseLanguage(acceptLanguageOrLocale: string | undefined): Language {
  const text = acceptLanguageOrLocale ?? '';
  const ranges = text.slice(0, MAXIMUM_LENGTH).split(',', MAXIMUM_RANGES);
  // A range that the bound cut in two could be read as another language.
  if (text.length > MAXIMUM_LENGTH) ranges.pop();

  let best: { language: Language; quality: number } | undefined;
  for (const range of ranges) {
    const [tag = '', ...parameters] = range.split(';').map((part) => part.trim());
    const language = languageNamed(tag);
    const quality = qualityOf(parameters);
    // Of two with the same quality the first stands: browsers list languages by preference.
    if (language !== undefined && quality > (best?.quality ?? 0)) best = { language, quality };
  }
  return best?.language ?? 'en';
}

/** RFC 9110 §12.4.2: 0 to 1 with at most three decimals, 1 when absent. Anything else asks for nothing. */
function qualityOf(parameters: readonly string[]): number {
  const quality = parameters.find((parameter) => /^q\s*=/i.test(parameter));
  if (quality === undefined) return 1;
  const value = quality.slice(quality.indexOf('=') + 1).trim();
  return /^(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)$/.test(value) ? Number(value) : 0;
}
