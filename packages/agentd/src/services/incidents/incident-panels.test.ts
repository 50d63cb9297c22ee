import { describe, expect, it } from 'vitest';
import { incidentOf } from '@autodevops/agent-core/incidents/incident-state';
import type { Actor } from '@autodevops/domain/change/actor';
import { Dashboard } from '@autodevops/domain/incident/dashboard';
import { Incident } from '@autodevops/domain/incident/incident';
import { pictureOf, withPanels } from './incident-panels.ts';
import type { ShownPanels } from './incident-panels.ts';

const { signal } = new AbortController();
const time = '2026-01-01T00:00:00.000Z';
const jamie: Actor = { kind: 'agent', account: 'jamie:local', person: '', name: 'Jamie', roles: [], surface: 'agent' };
const object = { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'web', uid: '' };

function incident(): Incident {
  const cause = {
    key: 'pod.memory.limit Deployment/shop/web',
    code: 'pod.memory.limit',
    title: 'x',
    object,
    confidence: 'high' as const,
    cause: 'x',
    impact: '',
    began: '',
    since: time,
    nextSteps: [],
  };
  const made = incidentOf('inc-000000000001', [
    {
      type: 'opened',
      time,
      actor: jamie,
      idempotencyKey: 'k',
      origin: 'watch',
      title: 'Down',
      severity: 'sev2',
      groupKey: '',
      causes: [cause],
      alerts: [],
    },
  ]);
  if (made === undefined) throw new Error('there is none');
  return made;
}

function shown(png: Uint8Array | undefined): ShownPanels & { readonly drawn: unknown[] } {
  const drawn: unknown[] = [];
  return {
    drawn,
    panels: {
      link: ({ dashboard, panel }) => `https://grafana.example/d/${dashboard}?viewPanel=${panel ?? ''}`,
      picture: async (place) => {
        drawn.push(place);
        return await Promise.resolve(png);
      },
    },
    dashboards: [
      Dashboard.parse({ title: 'Overview', uid: 'all' }),
      Dashboard.parse({ title: 'Memory', uid: 'abc', panel: 4, variables: { namespace: '{namespace}' } }),
    ],
  };
}

describe('the panels of an incident', () => {
  it('are told with it, as its contract has them', () => {
    expect(Incident.parse(withPanels(incident(), shown(undefined))).panels).toEqual([
      { title: 'Overview', link: 'https://grafana.example/d/all?viewPanel=', isPanel: false },
      { title: 'Memory', link: 'https://grafana.example/d/abc?viewPanel=4', isPanel: true },
    ]);
    expect(withPanels(incident(), undefined).panels).toBeUndefined();
  });

  it('are drawn where Grafana draws, and are only a way to it where it does not', async () => {
    const png = Uint8Array.from([137, 80, 78, 71]);
    const drawing = shown(png);
    expect(await pictureOf(incident(), 2, drawing, signal)).toEqual({
      title: 'Memory',
      link: 'https://grafana.example/d/abc?viewPanel=4',
      png: Buffer.from(png).toString('base64'),
    });
    expect(drawing.drawn).toMatchObject([
      { dashboard: 'abc', panel: 4, variables: { namespace: 'shop' }, range: { end: 'now' } },
    ]);
    expect(await pictureOf(incident(), 2, shown(undefined), signal)).not.toHaveProperty('png');
  });

  it('that are not there, or are whole dashboards, have no picture', async () => {
    for (const number of [1, 3]) {
      await expect(pictureOf(incident(), number, shown(undefined), signal)).rejects.toMatchObject({
        code: 'object.not-found',
      });
    }
    await expect(pictureOf(incident(), 1, undefined, signal)).rejects.toMatchObject({ code: 'object.not-found' });
  });
});
