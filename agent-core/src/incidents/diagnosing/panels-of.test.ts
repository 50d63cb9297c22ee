import { describe, expect, it } from 'vitest';
import { Dashboard } from '@autodevops/domain/incident/dashboard';
import type { Incident } from '@autodevops/domain/incident/incident';
import type { IncidentCause } from '@autodevops/domain/incident/incident-event';
import { incidentOf } from '../incident-state.ts';
import { panelsOf } from './panels-of.ts';
import { ann, begin, cause, jamie, openedByAlert } from '../testing/incident-events.ts';

const hour = 3_600_000;
const dashboard = (changes: Partial<Dashboard> = {}): Dashboard =>
  Dashboard.parse({
    title: 'Workload',
    uid: 'workloads',
    variables: { namespace: '{namespace}', workload: '{kind}/{name}' },
    ...changes,
  });

function incidentWith(causes: readonly IncidentCause[], isOver = false): Incident {
  const incident = incidentOf('inc-1', [
    openedByAlert(),
    { type: 'diagnosed', time: begin, actor: jamie, summary: 'x', causes: [...causes] },
    ...(isOver ? [{ type: 'resolved' as const, time: '2026-01-01T02:00:00.000Z', actor: ann, why: '' }] : []),
  ]);
  if (incident === undefined) throw new Error('these events make no incident');
  return incident;
}

describe('where the causes of an incident can be seen', () => {
  it('is a dashboard of their object, from an hour before it began until now', () => {
    expect(
      panelsOf(incidentWith([cause('api', { since: '2025-12-31T23:50:00.000Z' })]), [dashboard({ panel: 4 })]),
    ).toEqual([
      {
        title: 'Workload',
        place: {
          dashboard: 'workloads',
          panel: 4,
          variables: { namespace: 'shop', workload: 'Deployment/api' },
          range: { start: Date.parse('2025-12-31T22:50:00.000Z'), end: 'now' },
        },
      },
    ]);
  });

  it('ends a little after the incident, and begins with it where the cause has no time', () => {
    const [panel] = panelsOf(incidentWith([cause('api', { since: '' })], true), [dashboard()]);
    expect(panel?.place.range).toEqual({
      start: Date.parse(begin) - hour,
      end: Date.parse('2026-01-01T02:15:00.000Z'),
    });
  });

  it('is only what is for causes of this code and objects of this kind', () => {
    const titles = (...dashboards: readonly Dashboard[]): readonly string[] =>
      panelsOf(incidentWith([cause()]), dashboards).map(({ title }) => title);
    expect(
      titles(
        dashboard({ title: 'a', codes: ['pod.image.*'] }),
        dashboard({ title: 'b', uid: 'b', codes: ['node.*'] }),
        dashboard({ title: 'c', uid: 'c', kinds: ['Deployment'] }),
        dashboard({ title: 'd', uid: 'd', kinds: ['Node'] }),
      ),
    ).toEqual(['a', 'c']);
  });

  it('is told once where it is the same for several causes, and three times at most', () => {
    const same = dashboard({ variables: { namespace: '{namespace}' } });
    expect(panelsOf(incidentWith([cause('api'), cause('web')]), [same])).toHaveLength(1);
    expect(panelsOf(incidentWith([cause('api'), cause('web')]), [dashboard(), dashboard({ uid: 'two' })])).toHaveLength(
      3,
    );
  });

  it('is nowhere while there is no cause', () => {
    expect(panelsOf(incidentWith([]), [dashboard()])).toEqual([]);
  });
});
