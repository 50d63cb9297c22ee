import type { AuditEntry } from '@autodevops/domain/change/audit-event';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import type { NewOutboxEvent, Settings } from '@autodevops/domain/ports/store';

/** What a setting is to become, and what is told of it. */
export interface NextValue {
  readonly value: unknown;
  readonly audit: readonly AuditEntry[];
  readonly outbox?: readonly NewOutboxEvent[];
}

/** Others write rarely; so many times in a row they do not. */
const attempts = 10;

/**
 * Makes a setting's next value of its present one, whoever else writes meanwhile. `next` may be asked several times; it
 * gives nothing, or throws, to leave all as it is. Gives what stands then. Throws `store.conflict` when others were first every time.
 */
export async function changeSetting(
  settings: Settings,
  name: string,
  next: (present: unknown) => NextValue | undefined,
): Promise<unknown> {
  for (let attempt = 1; ; attempt += 1) {
    const present = await settings.get(name);
    const wanted = next(present);
    if (wanted === undefined) return present;
    try {
      await settings.swap(name, present, wanted.value, wanted.audit, wanted.outbox ?? []);
      return wanted.value;
    } catch (error) {
      if (!(error instanceof AutoDevOpsError) || error.code !== 'store.conflict' || attempt >= attempts) throw error;
    }
  }
}
