import type { RequestTableWords } from './table-words.en.ts';

export const zh: RequestTableWords = {
  columns: {
    time: '时间',
    model: '模型',
    source: '密钥',
    result: '结果',
    first: '首个 token',
    whole: '完整回答',
    tokensIn: '输入 token',
    tokensOut: '输出',
    cost: '费用',
  },
  result: { answered: '已回答', cut: '中断', 'client-left': '调用方离开', refused: '被拒绝', failed: '失败' },
  source: { key: '已删除的密钥', console: '控制台', chat: '对话' },
  noModel: '未指定模型',
};
