import type { englishFindings } from './finding-words-en.ts';

const RESTORE = 'Turnpike 自身不会造成这种情况：请先复制一份数据目录，再与最近的备份比对。';
const REBUILD = '以分录为准：停止服务器后运行 turnpike audit --rebuild';
const CORRECT =
  '请用 turnpike usage requests 查看该请求，再用 turnpike credit grant 或 withdraw 更正，并注明原因。';

/** 对账发现的问题，简体中文：哪里不对，该怎么办。 */
export const chineseFindings: typeof englishFindings = {
  places: {
    team_id: '团队',
    request_id: '请求',
    transaction_id: '交易',
    day: '日期 (UTC)',
    key_id: '密钥',
    model: '模型',
  },

  findings: {
    'transaction-not-zero': (fact) => ({
      text: `一笔交易的分录合计为 ${fact('sum_ticks')}，而不是零。`,
      remedy: RESTORE,
    }),
    'balance-differs': (fact) => ({
      text: `记录的余额为可用 ${fact('available_ticks')}、预扣 ${fact('held_ticks')}；按分录应为可用 ${fact('folded_available_ticks')}、预扣 ${fact('folded_held_ticks')}。`,
      remedy: REBUILD,
    }),
    'negative-balance': (fact) => ({
      text: `余额为负：可用 ${fact('available_ticks')}、预扣 ${fact('held_ticks')}；按分录为可用 ${fact('folded_available_ticks')}、预扣 ${fact('folded_held_ticks')}。`,
      remedy: RESTORE,
    }),
    'hold-without-end': () => ({ text: '一笔预扣已经结束，却没有结束它的交易。', remedy: RESTORE }),
    'hold-ended-twice': (fact) => ({ text: `同一笔预扣被 ${fact('ends')} 笔交易结束。`, remedy: RESTORE }),
    'hold-missing': () => ({ text: '有交易属于一笔不存在的预扣。', remedy: RESTORE }),
    'hold-differs': (fact) => ({
      text: `一笔预扣（${fact('state')}）记为预扣 ${fact('held_ticks')}、扣费 ${fact('charged_ticks')}、释放 ${fact('released_ticks')}；其分录为 ${fact('booked_held_ticks')}、${fact('booked_charged_ticks')}、${fact('booked_released_ticks')}。`,
      remedy: RESTORE,
    }),
    'charge-without-request': (fact) => ({
      text: `已扣费 ${fact('charged_ticks')}，但请求记录缺失或金额偏少（${fact('cost_ticks')}）。`,
      remedy: RESTORE,
    }),
    'request-without-charge': (fact) => ({
      text: `请求记录的费用为 ${fact('cost_ticks')}，实际扣费 ${fact('charged_ticks')}。`,
      remedy: RESTORE,
    }),
    'request-misfiled': (fact) => ({
      text: `请求记录中的团队、密钥或模型与扣费的预扣不符（预扣属于团队 ${fact('held_by')}）。`,
      remedy: RESTORE,
    }),
    'cost-differs-from-price': (fact) => ({
      text: `请求扣费 ${fact('cost_ticks')}；按其 token 数和当时的价格应为 ${fact('priced_ticks')}。`,
      remedy: CORRECT,
    }),
    'price-not-in-force': (fact) => ({
      text: `请求于 ${fact('at')} 到达，却按 ${fact('priced_from_at')} 起的价格扣费，该价格当时并未生效。`,
      remedy: CORRECT,
    }),
    'usage-differs-from-report': (fact) => ({
      text: `扣费依据：输入 ${fact('usage_input_tokens')}（缓存 ${fact('usage_cached_input_tokens')}）、输出 ${fact('usage_output_tokens')}、推理 ${fact('usage_reasoning_tokens')}；上游报告：${fact('reported_input_tokens')}（${fact('reported_cached_input_tokens')}）、${fact('reported_output_tokens')}、${fact('reported_reasoning_tokens')}。`,
      remedy: CORRECT,
    }),
    'usage-without-report': (fact) => ({
      text: `输入 ${fact('usage_input_tokens')}、输出 ${fact('usage_output_tokens')} 个 token 按精确用量扣费，但上游没有报告用量。`,
      remedy: CORRECT,
    }),
    'rollup-differs': () => ({
      text: '某日的汇总与当日各请求之和不符。',
      remedy: '以请求记录为准：停止服务器后运行 turnpike audit --rebuild',
    }),
  },
};
