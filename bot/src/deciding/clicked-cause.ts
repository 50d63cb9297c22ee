import { AutoDevOpsError } from '@autodevops/domain/errors';
import type { Incident } from '@autodevops/domain/incident/incident';
import type { IncidentCause } from '@autodevops/domain/incident/incident-event';
import type { Surroundings } from '../handling/handler.ts';
import { readCauseValue } from '../rendering/incident/incident-findings.ts';
import { oldButton, valueOf } from './click.ts';
import type { Click } from './click.ts';
import { clickedIncident } from './incident-of-click.ts';

export interface ClickedCause {
  readonly incident: Incident;
  readonly cause: IncidentCause;
  /** Of the cause among all that the incident ever had. */
  readonly place: number;
}

/** The cause that a button is about, as the incident has it now. Throws where it is no longer seen. */
export async function clickedCause(click: Click, surroundings: Surroundings): Promise<ClickedCause> {
  const value = readCauseValue(valueOf(click));
  if (value === undefined) throw oldButton();
  const incident = await clickedIncident(value.id, click, surroundings);
  const key = incident.causesSeen[value.place];
  const cause = incident.causes.find((one) => one.key === key);
  if (cause === undefined || incident.goneCauses.includes(cause.key)) {
    throw new AutoDevOpsError('change.stale', 'This cause is no longer seen.', 'The thread says what Jamie sees now.');
  }
  return { incident, cause, place: value.place };
}

/** What of the cluster has to be looked at to see a cause again. */
export function scopeOf({ object: { kind, name, namespace } }: IncidentCause): {
  readonly objects: { kind: string; name: string; namespace?: string }[];
} {
  return { objects: [{ kind, name, ...(namespace === '' ? {} : { namespace }) }] };
}

export function isSameCause(
  { code, object }: Pick<IncidentCause, 'code' | 'object'>,
  other: Pick<IncidentCause, 'code' | 'object'>,
): boolean {
  return (
    code === other.code &&
    object.kind === other.object.kind &&
    object.name === other.object.name &&
    object.namespace === other.object.namespace
  );
}
