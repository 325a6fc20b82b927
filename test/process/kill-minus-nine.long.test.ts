import { killUnderLoad } from './kill-under-load.ts';

killUnderLoad({ name: 'load', times: 50, leastMs: 0, mostMs: 1_000, pieces: 40, everyMs: 12 });

// So long that each kill meets streams of which a checkpoint was noted.
killUnderLoad({
  name: 'long streams',
  times: 3,
  leastMs: 10_000,
  mostMs: 13_000,
  pieces: 1_200,
  everyMs: 30,
});
