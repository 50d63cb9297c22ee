import { AutoDevOpsError } from '@autodevops/domain/errors';

/** Why a store writes nothing of a record. The same sentences whichever database is behind it. */
export function writtenMeanwhile(id: string, expected: number, found: number): AutoDevOpsError {
  return new AutoDevOpsError(
    'store.conflict',
    `Somebody else wrote to ${id} meanwhile: it holds ${found} events, not ${expected}.`,
    'Read it again and decide anew.',
  );
}

export function keyTaken(id: string, owner: string): AutoDevOpsError {
  return new AutoDevOpsError(
    'store.conflict',
    `The idempotency key of ${id} was used already, for ${owner}.`,
    `Look at ${owner}: it is what was asked for before.`,
  );
}

export function leaseLost(lease: string): AutoDevOpsError {
  return new AutoDevOpsError(
    'store.fenced',
    `The lease ${lease} is no longer held by who wants to write.`,
    'Stop: somebody else may be at it. Acquire the lease again, then read again.',
  );
}

export function settingMoved(name: string): AutoDevOpsError {
  return new AutoDevOpsError(
    'store.conflict',
    `Somebody else wrote the setting ${name} meanwhile.`,
    'Read it again and decide anew.',
  );
}

export function accountTaken(account: string): AutoDevOpsError {
  return new AutoDevOpsError(
    'store.conflict',
    `The account ${account} belongs to another person already.`,
    'Unlink it there first.',
  );
}

export function conversationTaken(id: string): AutoDevOpsError {
  return new AutoDevOpsError(
    'store.conflict',
    `The conversation ${id} belongs to somebody else already.`,
    'Begin one under another id.',
  );
}
