import { describe, expect, it } from 'vitest';
import type { Incident } from '@autodevops/domain/incident/incident';
import { fakeWindow, remoteContext } from '../testing/fake-window.ts';
import type { FakeWindow } from '../testing/fake-window.ts';
import { incidentLine, sampleIncident } from '../testing/sample-incident.ts';
import type { Reply } from '../testing/scripted-people.ts';
import type { Stubs } from '../testing/stub-agent.ts';
import type { CommandHandler } from './command.ts';
import {
  acknowledgeIncident,
  draftPostMortem,
  openIncident,
  resolveIncident,
  showIncident,
  silenceIncident,
  takeIncident,
  updateIncident,
} from './responding.ts';

const signal = AbortSignal.timeout(30_000);
const { id } = sampleIncident();
const onIncident = { type: 'incident', id } as const;

function answering(change: Partial<Incident> = {}): Stubs {
  const incident = sampleIncident(change);
  return {
    incidents: { incidents: [incidentLine('open', { id }), incidentLine('resolved')] },
    events: [],
    incident,
    openIncident: incident,
    acknowledgeIncident: incident,
    assignIncident: incident,
    updateIncident: incident,
    silenceIncident: incident,
    unsilenceIncident: incident,
    resolveIncident: incident,
    postMortem: { markdown: '# ShopDown\n' },
  };
}

/** Over a cluster that is locked: an incident changes nothing of it. */
async function after(
  command: CommandHandler,
  argument: unknown,
  replies: readonly Reply[],
  stubs = answering(),
): Promise<FakeWindow> {
  const window = await fakeWindow({ agent: stubs, replies, contexts: [remoteContext] });
  await command(window.parts, argument, signal);
  expect(window.person.unused()).toEqual([]);
  window.parts.incidents.stop();
  return window;
}

function asked({ agent }: FakeWindow): readonly unknown[] {
  return agent.calls
    .filter(([name]) => name !== 'incidents' && name !== 'events')
    .map(([name, { body }]) => [name, body]);
}

describe('an incident', () => {
  it('is opened with its title and how bad it is', async () => {
    const window = await after(openIncident, undefined, [{ enter: '  Nobody can pay ' }, { pick: 'sev1' }]);
    expect(asked(window)).toEqual([['openIncident', { title: 'Nobody can pay', severity: 'sev1' }]]);
  });

  it('is taken up, taken over and ended where it stands in the view', async () => {
    expect(asked(await after(acknowledgeIncident, onIncident, []))).toEqual([['acknowledgeIncident', undefined]]);
    expect(asked(await after(takeIncident, { subject: onIncident }, []))).toEqual([
      ['assignIncident', { role: 'commander' }],
    ]);
    expect(asked(await after(resolveIncident, onIncident, [{ enter: 'Rolled back' }]))).toEqual([
      ['resolveIncident', { why: 'Rolled back' }],
    ]);
  });

  it('is chosen among those that fit where the palette calls, and there may be none', async () => {
    const window = await after(acknowledgeIncident, undefined, [{ pick: 'ShopDown' }]);
    expect(asked(window)).toEqual([['acknowledgeIncident', undefined]]);
    const none = await after(acknowledgeIncident, undefined, [], {
      ...answering(),
      incidents: { incidents: [incidentLine('resolved')] },
    });
    expect([asked(none), none.person.heard]).toEqual([
      [],
      ['information: No incident stands so that this could be done.'],
    ]);
  });

  it('gets a word, and a state where there is a new one', async () => {
    expect(
      asked(await after(updateIncident, onIncident, [{ enter: 'Rolling back' }, { pick: 'mitigating' }])),
    ).toContainEqual(['updateIncident', { says: 'Rolling back', state: 'mitigating' }]);
    expect(
      asked(await after(updateIncident, onIncident, [{ enter: 'Still looking' }, { pick: 'As before' }])),
    ).toContainEqual(['updateIncident', { says: 'Still looking' }]);
    expect(
      asked(await after(updateIncident, onIncident, [{ enter: 'Also: the queue' }], answering({ state: 'resolved' }))),
    ).toContainEqual(['updateIncident', { says: 'Also: the queue' }]);
  });

  it('is silenced for a time with a reason, and heard again', async () => {
    expect(asked(await after(silenceIncident, onIncident, [{ pick: '2 h' }, { enter: 'Maintenance' }]))).toEqual([
      ['silenceIncident', { minutes: 120, why: 'Maintenance' }],
    ]);
    expect(asked(await after(silenceIncident, onIncident, [{ pick: 'End the silence' }]))).toEqual([
      ['unsilenceIncident', undefined],
    ]);
    expect(asked(await after(silenceIncident, onIncident, [{ pick: undefined }]))).toEqual([]);
  });

  it('is shown as plain text, with who was told and has not answered', async () => {
    const told = {
      to: { account: '', person: '', name: 'Ben \u001B[31m' },
      at: '2026-01-01T00:00:00.000Z',
      answeredAt: '',
    };
    const window = await after(
      showIncident,
      onIncident,
      [],
      answering({
        title: 'Down \u001B[31m',
        escalation: { policy: 'usual', step: 1, round: 0, at: told.at, reached: true, told: [told] },
      }),
    );
    const [document] = window.shown;
    expect(document?.path).toBe(`incidents/${id}.txt`);
    for (const part of [
      'Down \\x1b[31m',
      'Told, no answer: Ben \\x1b[31m',
      'ShopDown (firing)',
      'Alertmanager: Opened by 1 alert firing: ShopDown.',
    ]) {
      expect(document?.text).toContain(part);
    }
    expect(document?.text).not.toContain('\u001B');
  });

  it('leaves a draft of its post-mortem', async () => {
    expect((await after(draftPostMortem, onIncident, [])).shown).toEqual([
      { path: `incidents/${id}.md`, language: 'markdown', text: '# ShopDown\n' },
    ]);
  });

  it('is only what has the id of one', async () => {
    const window = await after(showIncident, { type: 'incident', id: '../etc' }, [{ pick: undefined }]);
    expect(asked(window)).toEqual([]);
  });
});
