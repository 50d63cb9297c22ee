import { describe, expect, it } from 'vitest';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { AgentEvents } from '../agent/agent-events.ts';
import { memoryKept } from '../testing/memory-kept.ts';
import { incidentLine } from '../testing/sample-incident.ts';
import { steadyClock } from '../testing/steady-clock.ts';
import { stubAgent } from '../testing/stub-agent.ts';
import { incidentNodes } from './incident-nodes.ts';
import { IncidentsFeed } from './incidents-feed.ts';
import type { IncidentsState } from './incidents-feed.ts';

const signal = AbortSignal.timeout(20_000);

describe('incidents', () => {
  it('show how they stand, what Jamie saw and who leads, as plain text', () => {
    const [ongoing] = incidentNodes({
      kind: 'known',
      lines: [
        incidentLine('investigating', {
          title: 'Down \u001B[31m',
          commander: { account: 'local:ann', person: '', name: 'Ann' },
        }),
      ],
    });
    const [node] = ongoing?.children?.() ?? [];
    expect(node).toMatchObject({ label: 'Down \\x1b[31m', description: 'sev2 · investigating', tint: 'error' });
    expect(node?.children?.().map(({ label }) => label)).toEqual([
      'Deployment shop/web: the tag is not there.',
      'Commander: Ann',
      '1 alert fires',
    ]);
  });

  it('show who was told and has not answered, who took it up, the silence and a due update', () => {
    const at = '2026-01-01T00:00:00.000Z';
    const told = (name: string, answeredAt: string) => ({ to: { account: '', person: '', name }, at, answeredAt });
    const escalation = {
      policy: 'usual',
      step: 1,
      round: 0,
      at,
      reached: true,
      told: [told('Ann', at), told('Ben \u001B[31m', '')],
    };
    const labels = (changes: Parameters<typeof incidentLine>[1]): readonly string[] =>
      incidentNodes({ kind: 'known', lines: [incidentLine('open', { summary: '', firing: 0, ...changes })] })[0]
        ?.children?.()[0]
        ?.children?.()
        .map(({ label }) => label) ?? [];
    expect(labels({ escalation, updateDueSince: at })).toEqual([
      'No answer from Ben \\x1b[31m',
      `A status update is due since ${at}`,
    ]);
    expect(
      labels({
        escalation,
        acknowledged: { by: { account: '', person: '', name: 'Ann' }, at },
        silence: { until: at, by: { account: '', person: '', name: 'Ann' }, why: '' },
      }),
    ).toEqual(['Taken up by Ann', `Silent until ${at}`]);
  });

  it('are none where they are not known', () => {
    const error = new AutoDevOpsError('agent.unreachable', 'No answer.', 'Start it.');
    expect(incidentNodes({ kind: 'failed', error })).toEqual([]);
    expect(incidentNodes({ kind: 'unasked' })).toEqual([]);
  });

  it('are listed again when an event says that one moved, and not for other events', async () => {
    let looks = 0;
    const happened = (cursor: number, topic: string) => ({
      id: String(cursor),
      event: { cursor, time: '', topic, subject: 'inc-open000000', data: {} },
    });
    const { client } = stubAgent({
      incidents: () => ({ incidents: Array.from({ length: (looks += 1) }, () => incidentLine('open')) }),
      events: [happened(1, 'change.proposed'), happened(2, 'incident.opened'), happened(3, 'incident.diagnosed')],
    });
    const parts = { client: async () => client, clock: steadyClock().clock };
    const feed = new IncidentsFeed({
      ...parts,
      events: new AgentEvents({ ...parts, kept: memoryKept(), agentKey: () => 'a' }),
    });
    feed.follow();
    const state = await feed.state.until(
      (one): one is Extract<IncidentsState, { kind: 'known' }> => one.kind === 'known' && one.lines.length === 2,
      signal,
    );
    expect(state.lines).toHaveLength(2);
    feed.forget();
    expect([feed.followed, feed.state.value.kind]).toEqual([false, 'unasked']);
  });
});
