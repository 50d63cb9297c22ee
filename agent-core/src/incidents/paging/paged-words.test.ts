import { describe, expect, it } from 'vitest';
import type { IncidentEvent } from '@autodevops/domain/incident/incident-event';
import { incidentOf } from '../incident-state.ts';
import { ann, firingAlert, openedByAlert } from '../testing/incident-events.ts';
import { pagedWords, pagerDutyAccount } from './paged-words.ts';
import type { PagedWord } from './paged-words.ts';

const key = 'pagerduty Q1ABC';
const taken: IncidentEvent = { type: 'acknowledged', time: '2026-01-01T00:05:00.000Z', actor: ann };
const over: IncidentEvent = { type: 'resolved', time: '2026-01-01T00:09:00.000Z', actor: ann, why: 'Mended.' };

function wordsAfter(events: readonly IncidentEvent[], groupKey = key, state: 'firing' | 'resolved' = 'firing') {
  const alerts = [firingAlert(groupKey, { state })];
  const incident = incidentOf('inc-1', [openedByAlert({ groupKey, alerts }), ...events]);
  if (incident === undefined) throw new Error('There is none.');
  return pagedWords(incident);
}

describe('what PagerDuty does not know yet', () => {
  it('is who took an incident up', () => {
    expect(wordsAfter([taken])).toEqual<PagedWord[]>([
      {
        paged: 'Q1ABC',
        status: 'acknowledged',
        since: taken.time,
        says: 'Ann took it up',
        call: 'pagerduty Q1ABC acknowledged 0',
      },
    ]);
  });

  it('is that an incident is over', () => {
    expect(wordsAfter([taken, over])).toMatchObject([{ status: 'resolved', since: over.time, says: 'it is over' }]);
  });

  it.each([
    ['nobody took it up', [], key, 'firing'],
    ['it said itself who did', [{ ...taken, actor: { ...ann, account: `${pagerDutyAccount}ann` } }], key, 'firing'],
    ['it said itself that it is over', [taken, over], key, 'resolved'],
    ['it never told of it', [taken], 'other Q1ABC', 'firing'],
    ['what it called it is no id', [taken], 'pagerduty ../Q1', 'firing'],
  ] as const)('is nothing where %s', (_name, events, groupKey, state) => {
    expect(wordsAfter(events, groupKey, state)).toEqual([]);
  });
});
