import { zh as requestTable } from '../requests/table-words.zh.ts';
import type { HomeWords } from './words.en.ts';

export const zh: HomeWords = {
  title: (name) => `${name}，您好`,
  baseUrl: 'Base URL',
  copy: '复制 Base URL',
  copied: '已复制',
  loading: '正在加载数据',
  failed: '没能加载这个团队的数据，数据没有变动。',
  again: '立即重试',
  balance: '余额',
  ofCredit: (granted) => `共 ${granted} 额度`,
  pace: (days) => `按目前的速度还可用约 ${days} 天`,
  spent: '今日支出',
  usual: (amount) => `往日此时通常为 ${amount}`,
  noUsual: '还没有可以比较的往日数据',
  requests: '今日请求',
  outcome: (answered, failed) =>
    failed === 0 ? `${answered} 次已回答` : `${answered} 次已回答，${failed} 次被拒绝或失败`,
  utc: '每天从 UTC 零点开始',
  limits: '剩余限额',
  context: (tokens) => `上下文 ${tokens}`,
  limit: {
    requestsPerSecond: '每秒',
    requestsPerMinute: '每分钟',
    requestsPerHour: '每小时',
    tokensPerMinute: '每分钟 token',
    requestsInFlight: '同时进行',
  },
  limitNote: '只早了一瞬的请求会排队等待，最多 2 s，不会直接失败。',
  latest: '最近的请求',
  empty: { title: '还没有请求', text: '这个团队的每个请求都会列在这里，附上 token 数和费用。' },
  allRequests: '所有请求',
  requestTable,
};
