import { killUnderLoad } from './kill-under-load.ts';

killUnderLoad({ times: 5, mostMs: 700, pieces: 40, everyMs: 12 });
