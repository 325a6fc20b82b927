import { EARLIER_ATTACKS } from './matrix/attacks-a1-to-a27.ts';
import { LATER_ATTACKS } from './matrix/attacks-a28-to-a55.ts';
import { CLIENT_FAULTS } from './matrix/client-faults.ts';
import { MACHINE_FAULTS } from './matrix/machine-faults.ts';
import type { MatrixRow } from './matrix/matrix-row.ts';
import { STORAGE_FAULTS } from './matrix/storage-faults.ts';
import { UPSTREAM_FAULTS } from './matrix/upstream-faults.ts';

/** Everything that can go wrong or be tried, that we know of. A new bug of a new kind is a new row. */
export const MATRIX: readonly MatrixRow[] = [
  ...MACHINE_FAULTS,
  ...STORAGE_FAULTS,
  ...UPSTREAM_FAULTS,
  ...CLIENT_FAULTS,
  ...EARLIER_ATTACKS,
  ...LATER_ATTACKS,
];
