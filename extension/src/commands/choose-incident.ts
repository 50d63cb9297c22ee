import { isOngoing } from '@autodevops/domain/incident/incident';
import { oneLine } from '@autodevops/domain/printable';
import type { IncidentLine } from '../incidents/incidents-feed.ts';
import { t } from '../language/translate.ts';
import { subjectOf } from '../tree/subject.ts';
import type { WindowParts } from '../window-parts.ts';

/** The incident that a command is about: what it was called on, or what the person chooses among those that fit. */
export async function chooseIncident(
  { people, client }: Pick<WindowParts, 'people' | 'client'>,
  argument: unknown,
  title: string,
  signal: AbortSignal,
  fits: (line: IncidentLine) => boolean = isOngoing,
): Promise<string | undefined> {
  const subject = subjectOf(argument);
  if (subject?.type === 'incident') return subject.id;
  const { incidents } = await (await client(signal)).incidents({ query: { limit: 100 } }, { signal });
  const fitting = incidents.filter(fits);
  if (fitting.length === 0) {
    await people.tell(
      'information',
      incidents.length === 0 ? t('There was no incident yet.') : t('No incident stands so that this could be done.'),
    );
    return undefined;
  }
  return await people.pick(
    fitting.map(({ id, title: named, severity, state, summary }) => ({
      label: oneLine(named, 120),
      description: `${severity} · ${state}`,
      detail: `${id}: ${oneLine(summary, 160)}`,
      value: id,
    })),
    { title },
  );
}
