import { killUnderLoad } from './kill-under-load.ts';

// So long that each kill meets streams of which a checkpoint was noted.
killUnderLoad({
  name: 'long streams',
  times: 3,
  leastMs: 10_000,
  mostMs: 13_000,
  pieces: 1_200,
  everyMs: 30,
});
