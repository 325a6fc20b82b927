import type { englishCodes } from './code-words-en.ts';

/** What the command line says about codes that give credit, in Chinese. */
export const chineseCodes: typeof englishCodes = {
  labels: { code: '兑换码', most_uses: '可用次数', uses: '已使用' },
  done: {
    'codes create': () => '兑换码只显示这一次，请妥善保存。在额度页面兑换，每个团队限用一次。',
    'codes revoke': (fact) => `兑换码 ${fact('id')} 已吊销，无法再使用。`,
  },
  refusals: {
    'bad-code-count': ({ most, mostUses }) =>
      `一次可生成 1 到 ${most} 个兑换码，每个可供 1 到 ${mostUses} 个团队使用。`,
    'unknown-code': () => '没有这个兑换码，请检查是否有遗漏。',
    'code-over': () => '该兑换码已过期或已作废。',
    'code-used': ({ by }) => (by === 'team' ? '您的团队已使用过该兑换码。' : '该兑换码已被用完。'),
  },
};
