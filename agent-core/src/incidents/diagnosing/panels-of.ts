import type { Dashboard } from '@autodevops/domain/incident/dashboard';
import type { Incident } from '@autodevops/domain/incident/incident';
import type { IncidentCause } from '@autodevops/domain/incident/incident-event';
import type { PanelPlace } from '@autodevops/domain/ports/signals';
import { matchesAny } from '../../reading/name-pattern.ts';

export interface IncidentPanel {
  readonly title: string;
  readonly place: PanelPlace;
}

/** So many of all that would do, of so many causes. */
const most = 3;
const before = 60 * 60_000;
const after = 15 * 60_000;

function suits({ codes, kinds }: Dashboard, { code, object }: IncidentCause): boolean {
  return (codes === undefined || matchesAny(codes, code)) && (kinds === undefined || matchesAny(kinds, object.kind));
}

function filled(
  variables: Dashboard['variables'],
  { object: { kind, namespace, name } }: IncidentCause,
): Readonly<Record<string, string>> {
  const words: Readonly<Record<string, string>> = { kind, namespace, name };
  return Object.fromEntries(
    Object.entries(variables).map(([variable, text]) => [
      variable,
      text.replaceAll(/\{(kind|namespace|name)\}/g, (_all, word: string) => words[word] ?? ''),
    ]),
  );
}

/** From an hour before it began until it was over; what goes on is seen until now, whenever one looks. */
function rangeOf({ openedAt, resolvedAt }: Incident, { since }: IncidentCause): PanelPlace['range'] {
  const began = Math.min(Date.parse(openedAt), ...(Number.isNaN(Date.parse(since)) ? [] : [Date.parse(since)]));
  return { start: began - before, end: resolvedAt === '' ? 'now' : Date.parse(resolvedAt) + after };
}

function keyOf({ place: { dashboard, panel, variables = {} } }: IncidentPanel): string {
  return JSON.stringify([dashboard, panel, variables]);
}

/** Where an incident's causes can be seen, the worst cause first. Of an incident without a cause nothing is known to show. */
export function panelsOf(incident: Incident, dashboards: readonly Dashboard[]): readonly IncidentPanel[] {
  const all = incident.causes.slice(0, most).flatMap((cause) =>
    dashboards
      .filter((one) => suits(one, cause))
      .map(({ title, uid, panel, variables }): IncidentPanel => ({
        title,
        place: {
          dashboard: uid,
          ...(panel === undefined ? {} : { panel }),
          variables: filled(variables, cause),
          range: rangeOf(incident, cause),
        },
      })),
  );
  return [...new Map(all.toReversed().map((panel) => [keyOf(panel), panel])).values()].toReversed().slice(0, most);
}
