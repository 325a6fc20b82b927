import { killUnderLoad } from './kill-under-load.ts';

killUnderLoad({ name: 'load', times: 5, leastMs: 0, mostMs: 700, pieces: 40, everyMs: 12 });
