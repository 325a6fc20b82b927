import { AUTHORIZATION, type Candidate, CHAT_PATH } from './candidate.ts';

/** No gateway at all: what mock, load generator and machine take by themselves. */
export const direct: Candidate = {
  name: 'direct',
  work: 'no gateway: the control',
  overTls: false,
  prepare: async () => ({ version: '' }),
  start: async (_, { baseUrl }) => ({
    target: {
      port: Number(new URL(baseUrl).port),
      path: CHAT_PATH,
      headers: [AUTHORIZATION],
      model: 'mock',
    },
    pid: undefined,
    stop: async () => {},
  }),
};
