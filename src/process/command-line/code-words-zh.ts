import type { englishCodes } from './code-words-en.ts';

/** What the command line says about codes that give credit, in Chinese. */
export const chineseCodes: typeof englishCodes = {
  labels: { code: '兑换码', most_uses: '可用次数', uses: '已使用' },
  done: {
    'codes create': () => '兑换码只显示这一次，请妥善保存。在额度页面兑换，每个团队限用一次。',
    'codes revoke': (fact) => `兑换码 ${fact('id')} 已作废，无法再使用。`,
  },
};
