import { killUnderLoad } from './kill-under-load.ts';

killUnderLoad({ times: 50, mostMs: 1_000, pieces: 40, everyMs: 12 });
