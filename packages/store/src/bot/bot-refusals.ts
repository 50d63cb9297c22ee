import { AutoDevOpsError } from '@autodevops/domain/errors';

/** Why the bot's store writes nothing. The same sentences whichever database is behind it. */
export function holdLost(what: string): AutoDevOpsError {
  return new AutoDevOpsError(
    'store.fenced',
    `${what} is no longer held by who wants to go on with it.`,
    'Stop: somebody else is at it.',
  );
}

export function messageTaken(key: string): AutoDevOpsError {
  return new AutoDevOpsError(
    'store.conflict',
    `The message ${key} belongs to another customer.`,
    'Give it another key.',
  );
}

export function installationMoved(app: string, place: string): AutoDevOpsError {
  return new AutoDevOpsError(
    'store.conflict',
    `Somebody else wrote the installation of ${app} in ${place} meanwhile.`,
    'Read it again and decide anew.',
  );
}

export function installationTaken(app: string, place: string): AutoDevOpsError {
  return new AutoDevOpsError(
    'store.conflict',
    `The installation of ${app} in ${place} belongs to another customer.`,
    'Remove it there first.',
  );
}

export function installationNowhere(): AutoDevOpsError {
  return new AutoDevOpsError('usage', 'An installation names neither a workspace nor an organisation.', 'Name one.');
}

export function noteMoved(name: string): AutoDevOpsError {
  return new AutoDevOpsError(
    'store.conflict',
    `Somebody else wrote the note ${name} meanwhile.`,
    'Read it again and decide anew.',
  );
}
