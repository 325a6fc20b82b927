import type { SeededRandom } from './seeded-random.ts';

export type Language = 'en' | 'zh';

/** A text with at least this share of Chinese characters is answered in Chinese. */
const CHINESE_SHARE = 0.2;

export function languageOf(text: string): Language {
  const chinese = text.match(/\p{Script=Han}/gu)?.length ?? 0;
  return chinese > 0 && chinese >= text.replace(/\s/g, '').length * CHINESE_SHARE ? 'zh' : 'en';
}

/**
 * One sentence to follow what was written before. English ones begin with a space and Chinese ones end with
 * a line break: at such an edge the tokeniser always divides, so sentences can be encoded one by one.
 */
export function nextSentence(random: SeededRandom, language: Language): string {
  return language === 'en' ? ` ${random.pick(ENGLISH)}` : `${random.pick(CHINESE)}\n`;
}

const ENGLISH = [
  'A turnpike is a road with a gate, and somebody at the gate who counts.',
  'The gate opens for whoever holds a key, and it opens again for the next one.',
  'Nothing on this road was thought about by anybody; the words were chosen by a seed.',
  'Ask the same question again and the same answer comes back, word for word.',
  'Every word here costs what the price list says, and the meter is exact.',
  'The surveyor walked the whole length of it twice and wrote both figures down.',
  'A cart that pays for one mile is let through for one mile.',
  'Where the road forks there is a sign, and the sign is repainted every spring.',
  'Rain does not change the toll, and neither does a good excuse.',
  'The keeper keeps two books, and at the end of the day they agree.',
  'Some travellers only want to know how long the road is; it is as long as you asked for.',
  'If the lantern at the gate is out, wait; it is being filled.',
  'The milestones are numbered from the gate, and none is missing.',
  'A letter that is sent along this road arrives in the order in which it was written.',
  'Whoever turns back half-way is charged for half the way.',
  'The answer to the large question is known to be small and even.',
] as const;

const CHINESE = [
  '收费公路有一道门,门边有人计数。',
  '持有钥匙的人可以通过,下一位也一样。',
  '这些句子由种子选出,没有任何模型思考过。',
  '再问一次同样的问题,会得到一字不差的回答。',
  '每个词按价目表计费,计量准确无误。',
  '测量员把整条路走了两遍,两次的数字都记了下来。',
  '付一里路的钱,就走一里路。',
  '岔路口立着路牌,每年春天重新上漆。',
  '下雨不会改变通行费,好的借口也不会。',
  '看门人有两本账,一天结束时它们总是相符。',
  '里程碑从大门开始编号,一块也不少。',
  '走到一半折返的人,只付一半的费用。',
] as const;
