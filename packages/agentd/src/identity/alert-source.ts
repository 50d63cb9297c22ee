import type { Actor } from '@autodevops/domain/change/actor';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { alertSource } from './person-actor.ts';

/** What tells of alerts, and by which token it shows itself. */
export interface AlertSource {
  /** As endpoints and the configuration call it: `alertmanager`, `grafana`, `pagerduty`, or a source's own name. */
  readonly source: string;
  readonly name: string;
  readonly token: string;
}

export function actorOfSource({ source, name }: Pick<AlertSource, 'source' | 'name'>): Actor {
  return { kind: 'automation', account: `${source}:webhook`, person: '', name, roles: [alertSource], surface: 'http' };
}

/** Throws `change.not-allowed` where one source speaks in the name of another. People and programs of theirs may speak for any. */
export function requireSource(actor: Actor, source: string): void {
  const isAnother = actor.roles.includes(alertSource) && actor.account !== actorOfSource({ source, name: '' }).account;
  if (isAnother) {
    throw new AutoDevOpsError(
      'change.not-allowed',
      `${actor.name} does not tell of alerts in the name of ${source}.`,
      'Give each source the token of its own, and its own address.',
    );
  }
}
