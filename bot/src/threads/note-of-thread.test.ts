import { describe, expect, it } from 'vitest';
import type { Incident } from '@autodevops/domain/incident/incident';
import { noteOfThread } from './note-of-thread.ts';
import { after, escalationSample, incidentSample } from './testing/incident-samples.ts';
import { newThread } from './thread-note.ts';
import type { ThreadNote } from './thread-note.ts';

const place = { app: 'A1', team: 'T1', channel: 'C1' };

/** The note after the incident was seen so, one after the other; each message stands in Slack when `posted` says so. */
function seen(states: readonly Partial<Incident>[], posted: boolean, from = newThread(place)): ThreadNote {
  return states.reduce<ThreadNote>(
    (note, given) => noteOfThread(note, incidentSample(given), { steps: posted, calls: posted, reminders: posted }),
    from,
  );
}

describe('the steps of a thread', () => {
  it('begin with nothing: the card says that it was opened', () => {
    expect(seen([{}], true)).toMatchObject({ steps: { count: 0, told: 'open/0' }, isOver: false });
  });

  it('are one for each real change of state, and none for what changes within one', () => {
    expect(
      seen(
        [
          {},
          {},
          { state: 'investigating' },
          { state: 'investigating', severity: 'sev1' },
          { state: 'monitoring' },
          { state: 'resolved' },
        ],
        true,
      ),
    ).toMatchObject({ steps: { count: 3, told: 'resolved/0' }, isOver: true });
  });

  it('give way to newer ones while Slack has none of them', () => {
    expect(
      seen(
        [{}, { state: 'investigating' }, { state: 'mitigating' }, { state: 'monitoring' }, { state: 'resolved' }],
        false,
      ).steps,
    ).toEqual({ count: 1, told: 'resolved/0' });
  });

  it('tell of an incident that was over before anybody saw it', () => {
    expect(seen([{ state: 'resolved' }], false).steps).toEqual({ count: 1, told: 'resolved/0' });
  });

  it('go on in the same thread when it comes back', () => {
    expect(seen([{}, { state: 'resolved' }, { state: 'open', returns: 1 }], true)).toMatchObject({
      steps: { count: 2, told: 'open/1' },
      isOver: false,
    });
  });
});

describe('calls', () => {
  it('are one for each step that the agent escalates by', () => {
    const escalation = escalationSample();
    expect(seen([{}, { escalation }, { escalation }, { escalation: { ...escalation, step: 2 } }], true).calls).toEqual({
      count: 2,
      told: '0/0/2',
    });
  });

  it('are no more once somebody took it up', () => {
    expect(
      seen(
        [{ escalation: escalationSample() }, { state: 'investigating', escalation: escalationSample({ step: 2 }) }],
        true,
      ).calls,
    ).toEqual({ count: 1, told: '0/0/1' });
  });
});

it('a reminder is one for each time that an update is due', () => {
  const updates = [{ updateDueSince: after(30) }, { updateDueSince: after(30) }, {}, { updateDueSince: after(70) }].map(
    (given) => ({ state: 'investigating' as const, ...given }),
  );
  expect(seen(updates, true).reminders).toEqual({ count: 2, told: after(70) });
});
