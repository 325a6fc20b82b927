export const en = {
  columns: {
    time: 'Time',
    model: 'Model',
    source: 'Key',
    result: 'Result',
    first: 'First token',
    whole: 'Whole answer',
    tokensIn: 'Tokens in',
    tokensOut: 'Out',
    cost: 'Cost',
  },
  result: {
    answered: 'Answered',
    cut: 'Cut off',
    'client-left': 'Caller left',
    refused: 'Refused',
    failed: 'Failed',
  },
  source: { key: 'A key that is gone', console: 'Console', chat: 'Chat' },
  noModel: 'no model',
};

export type RequestTableWords = typeof en;
