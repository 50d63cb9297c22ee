import { changeSetting } from '@autodevops/agent-core/changes/governing/change-setting';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import type { Settings } from '@autodevops/domain/ports/store';
import { remedy } from '@autodevops/domain/remedy/remedy';
import { z } from 'zod';

/**
 * Accounts that an administrator took from somebody. Whoever has one may still know the address by which it was linked,
 * so an address links it no more; a code of the person's own does, or the administrator.
 */
const Closed = z.array(z.string());

const setting = 'accounts-closed-to-email';
/** None is forgotten to make room: where there are more, no address links anything. */
const mostClosed = 5000;

function readClosed(stored: unknown): readonly string[] {
  const read = Closed.safeParse(stored ?? []);
  if (!read.success) {
    throw new AutoDevOpsError(
      'store.corrupt',
      'What is stored about accounts that were taken away cannot be read, so no e-mail address links any.',
      'Restore the store from a backup.',
    );
  }
  return read.data;
}

/** From now on an address links none of them. */
export async function closeAccounts(settings: Settings, accounts: readonly string[]): Promise<void> {
  await changeSetting(settings, setting, (stored) => {
    const before = readClosed(stored);
    const more = accounts.filter((account) => !before.includes(account)).slice(0, mostClosed - before.length);
    return more.length === 0 ? undefined : { value: [...before, ...more], audit: [] };
  });
}

/** Throws `change.not-allowed` for one of them, and `store.corrupt` for what cannot be understood. */
export async function refuseClosed(settings: Settings, account: string): Promise<void> {
  const closed = readClosed(await settings.get(setting));
  if (closed.length < mostClosed && !closed.includes(account)) return;
  throw new AutoDevOpsError(
    'change.not-allowed',
    closed.includes(account)
      ? `${account} was unlinked by an administrator, so no e-mail address links it.`
      : 'Administrators unlinked so many accounts that no e-mail address links any more.',
    remedy`Make a code with ${{ do: 'make-link-code' }}, or ask the administrator.`,
  );
}
