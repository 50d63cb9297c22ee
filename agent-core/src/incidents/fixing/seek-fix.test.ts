import { describe, expect, it } from 'vitest';
import type { Change, ChangeEvent } from '@autodevops/domain/change/change';
import type { Tier } from '@autodevops/domain/change/decision';
import type { Cause } from '@autodevops/domain/diagnosis';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import type { Incident } from '@autodevops/domain/incident/incident';
import { bob, planOf } from '../../changes/testing/samples.ts';
import { appendIncidentEvents, changeIncident, readIncident } from '../incident-journal.ts';
import { keptCause } from '../diagnosing/relevant-causes.ts';
import { seekFixes } from './seek-fix.ts';
import type { FixDesk, FixProposal } from './seek-fix.ts';
import { causeOf, incidentScene } from '../testing/incident-scene.ts';
import type { Scene } from '../testing/incident-scene.ts';
import { ann, begin, jamie, openedByAlert } from '../testing/incident-events.ts';

const { signal } = new AbortController();
const scarlet = { ...jamie, account: 'agent:local', name: 'Scarlet' };
const id = 'inc-000000000001';

function fixable(name: string, changes: Partial<Cause> = {}): Cause {
  const cause = causeOf(name);
  return {
    ...cause,
    changes: [{ action: 'restart-rollout', target: cause.object, params: {}, risk: 'low' }],
    ...changes,
  };
}

interface Fixing {
  readonly scene: Scene;
  readonly desk: FixDesk;
  readonly proposals: FixProposal[];
  readonly incident: () => Promise<Incident>;
  readonly seek: (...causes: readonly Cause[]) => Promise<readonly string[]>;
}

/** An incident that an alert opened and that Jamie explained by these causes. */
async function fixing(
  causes: readonly Cause[],
  {
    tier = 'one',
    refuses = [],
    origin = 'alert',
  }: { readonly tier?: Tier; readonly refuses?: readonly string[]; readonly origin?: 'alert' | 'person' } = {},
): Promise<Fixing> {
  const scene = incidentScene();
  const proposals: FixProposal[] = [];
  const desk: FixDesk = {
    ...scene.desk,
    store: scene.store,
    scarlet,
    rules: { from: 'medium' },
    rehearse: async ({ requests: [{ action }] }) => {
      if (refuses.includes(action)) throw new AutoDevOpsError('change.refused', `${action} cannot be.`, '');
      return await Promise.resolve({
        tier,
        voices: [{ rule: 'r', tier, why: 'The policy says so.' }],
        roles: [],
        policyVersion: 'v',
      });
    },
    propose: async (proposal) => {
      proposals.push(proposal);
      const plan = planOf();
      const event: ChangeEvent = {
        type: 'proposed',
        time: begin,
        requester: scarlet,
        reason: proposal.reason,
        plan: { ...plan, actions: plan.actions.map((action) => ({ ...action, request: proposal.requests[0] })) },
        idempotencyKey: proposal.idempotencyKey,
        expiresAt: begin,
      };
      const change = `chg-00000000000${proposals.length}`;
      await scene.store.changes.append({ id: change, after: 0, events: [event], audit: [], outbox: [] });
      return { id: change, plan: event.plan } as Change;
    },
  };
  const first = await appendIncidentEvents(scene.store.incidents, {
    id,
    before: undefined,
    events: [openedByAlert({ origin })],
  });
  await appendIncidentEvents(scene.store.incidents, {
    id,
    before: first,
    events: [{ type: 'diagnosed', time: begin, actor: jamie, summary: 'x', causes: causes.map(keptCause) }],
  });
  return {
    scene,
    desk,
    proposals,
    incident: async () => await readIncident(scene.store.incidents, id),
    seek: async (...seen) => await seekFixes(id, { causes: [...seen] }, signal, desk),
  };
}

describe('for an incident with a cause Scarlet', () => {
  it('proposes what would remove it, in her own name, links it and says so in the timeline', async () => {
    const cause = fixable('api');
    const { seek, proposals, incident } = await fixing([cause]);
    expect(await seek(cause)).toEqual(['chg-000000000001']);
    expect(proposals).toMatchObject([
      {
        requester: { name: 'Scarlet' },
        requests: [{ action: 'restart-rollout' }],
        reason: { finding: { code: cause.code } },
      },
    ]);
    const { links, fixes, timeline } = await incident();
    expect([links, fixes?.[0]?.change, timeline.at(-1)?.source]).toEqual([
      [{ title: 'Scale web to 3.', target: 'chg-000000000001' }],
      'chg-000000000001',
      'Scarlet',
    ]);
    expect(timeline.at(-1)?.says).toBe('Proposed chg-000000000001: Scale web to 3.');
  });

  it('proposes once however often it is looked at, and again when it has returned', async () => {
    const cause = fixable('api');
    const { seek, proposals, scene } = await fixing([cause]);
    await seek(cause);
    expect(await seek(cause)).toEqual([]);
    const at = { time: begin, actor: ann };
    await changeIncident(scene.store.incidents, id, () => [
      { type: 'resolved', ...at, why: '' },
      { type: 'reopened', ...at, why: '' },
    ]);
    // What was proposed before has come to its end meanwhile.
    await scene.store.changes.append({
      id: 'chg-000000000001',
      after: 1,
      events: [{ type: 'expired', time: begin }],
      audit: [],
      outbox: [],
    });
    await seek(cause);
    expect(proposals).toHaveLength(2);
  });

  it('who died before it was written down has proposed it nevertheless', async () => {
    const cause = fixable('api');
    const { seek, proposals, incident, scene, desk } = await fixing([cause]);
    const dying: FixDesk = {
      ...desk,
      store: {
        ...scene.store,
        incidents: {
          ...scene.store.incidents,
          append: async () => await Promise.reject(new Error('the process died')),
        },
      },
    };
    await expect(seekFixes(id, { causes: [cause] }, signal, dying)).rejects.toThrow('the process died');
    expect(await seek(cause)).toEqual(['chg-000000000001']);
    expect([proposals.length, (await incident()).fixes?.length]).toEqual([1, 1]);
  });

  it('takes the next way where one cannot be gone, and writes down why none can', async () => {
    const { object } = causeOf('api');
    const ways = fixable('api', {
      changes: [
        { action: 'rollout-undo', target: object, params: {}, risk: 'low' },
        { action: 'restart-rollout', target: object, params: {}, risk: 'low' },
      ],
    });
    const second = await fixing([ways], { refuses: ['rollout-undo'] });
    await second.seek(ways);
    expect(second.proposals.map(({ requests: [{ action }] }) => action)).toEqual(['restart-rollout']);
    const none = await fixing([ways], { refuses: ['rollout-undo', 'restart-rollout'] });
    expect(await none.seek(ways)).toEqual([]);
    expect((await none.incident()).timeline.at(-1)?.says).toBe('Nothing can be proposed: restart-rollout cannot be.');
  });

  it('proposes nothing that the policy forbids, and says what forbids it', async () => {
    const cause = fixable('api');
    const { seek, proposals, incident } = await fixing([cause], { tier: 'forbidden' });
    await seek(cause);
    expect([proposals, (await incident()).links, (await incident()).timeline.at(-1)?.says]).toEqual([
      [],
      [],
      'Nothing can be proposed: The policy says so. So says rule r of the policy.',
    ]);
  });

  it("leaves alone what somebody is changing already, what lacks a person's values, what is uncertain and what is no longer seen", async () => {
    const cause = fixable('api');
    const busy = await fixing([cause]);
    const event: ChangeEvent = {
      type: 'proposed',
      time: begin,
      requester: bob,
      reason: { text: 'by hand' },
      plan: {
        ...planOf(),
        actions: planOf().actions.map((action) => ({
          ...action,
          request: { action: 'scale', target: cause.object, params: {} },
        })),
      },
      idempotencyKey: 'k',
      expiresAt: begin,
    };
    await busy.scene.store.changes.append({ id: 'chg-byhand000000', after: 0, events: [event], audit: [], outbox: [] });
    const asking = fixable('api', {
      changes: [
        {
          action: 'set-environment',
          target: cause.object,
          params: { container: 'app', name: 'MODE' },
          risk: 'low',
          asks: ['value'],
        },
      ],
    });
    for (const [scene, seen] of [
      [busy, cause],
      [await fixing([asking]), asking],
      [await fixing([cause]), { ...cause, confidence: 'low' as const }],
      [await fixing([cause]), fixable('other')],
    ] as const) {
      expect(await scene.seek(seen)).toEqual([]);
      expect((await scene.incident()).fixes).toBeUndefined();
    }
  });

  it('takes one of several causes of what a person opened for none of it, and does nothing once a remedy is watched or it is over', async () => {
    const [api, db] = [fixable('api'), fixable('db')];
    expect(await (await fixing([api, db], { origin: 'person' })).seek(api, db)).toEqual([]);
    expect(await (await fixing([api], { origin: 'person' })).seek(api)).toHaveLength(1);
    for (const event of [
      { type: 'state-set', state: 'monitoring', why: '' },
      { type: 'resolved', why: '' },
    ] as const) {
      const { seek, scene } = await fixing([api]);
      await changeIncident(scene.store.incidents, id, () => [{ ...event, time: begin, actor: ann }]);
      expect(await seek(api)).toEqual([]);
    }
  });
});
