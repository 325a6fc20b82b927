import type { Invariant } from '../invariant.ts';
import { Violation } from '../violation.ts';

/** Events of the log that only a broken assertion writes. */
const BROKEN = ['assertion-broken', 'settle-refused'];

/** No assertion of the product breaks, whatever the world does to it. */
export const wholeAssertions: Invariant = {
  name: '0 whole assertions',
  onLog(_world, { event, text }) {
    if (BROKEN.includes(event)) throw new Violation(wholeAssertions.name, '', text);
  },
};
