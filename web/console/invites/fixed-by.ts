import type { Registration } from '../../../src/http/api/wire/operator-registration.ts';

/** What in the environment sets a setting, so that it cannot be changed here. */
export function fixedBy({ fixed }: Registration, setting: string): string | undefined {
  return fixed.find((one) => one.setting === setting)?.environmentName;
}
