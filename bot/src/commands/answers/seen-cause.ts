import { AutoDevOpsError } from '@autodevops/domain/errors';
import type { Cause } from '@autodevops/domain/diagnosis';
import { oldButton } from '../../deciding/click.ts';
import { seenCauseValue } from '../../rendering/diagnosis/seen-cause.ts';

/** Of those that are seen now, what belongs to the cause whose button was clicked. Throws where it is seen no longer. */
export function seenAgain<T>(value: string, seen: readonly T[], causeOf: (one: T) => Cause): T {
  if (!/^cau-[0-9a-f]{32}$/.test(value)) throw oldButton();
  const found = seen.find((one) => seenCauseValue(causeOf(one)) === value);
  if (found === undefined) {
    throw new AutoDevOpsError(
      'change.stale',
      'Jamie does not see this cause at the moment.',
      '/jamie diagnose says what is wrong now.',
    );
  }
  return found;
}
