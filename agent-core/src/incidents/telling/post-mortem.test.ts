import { expect, it } from 'vitest';
import type { Change } from '@autodevops/domain/change/change';
import { bob, planOf } from '../../changes/testing/samples.ts';
import { incidentOf } from '../incident-state.ts';
import { timelineWith } from '../fixing/change-rows.ts';
import { postMortem } from './post-mortem.ts';
import { ann, cause, firingAlert, openedByAlert } from '../testing/incident-events.ts';

const at = { time: '2026-01-01T01:01:05.000Z', actor: ann };

it('a post-mortem has the times, the impact, the cause, the timeline and what is left to do', () => {
  const incident = incidentOf('inc-1', [
    openedByAlert(),
    {
      type: 'diagnosed',
      ...at,
      time: '2026-01-01T00:00:01.000Z',
      summary: 'The tag is not there.',
      causes: [cause('api', { began: 'Since revision 7: image 1.4 → 1.5.', beganAt: '2025-12-31T23:58:00Z' })],
    },
    { type: 'task-added', ...at, text: 'Check tags in CI' },
    { type: 'linked', ...at, title: '', target: 'chg-abcdef123456' },
    { type: 'resolved', ...at, why: 'Undone.' },
  ]);
  const text = incident === undefined ? '' : postMortem(incident, []);
  for (const part of [
    '| Time to cause | 1 s |',
    '| Time to resolve | 1 h 1 min |',
    'Who buys',
    'Since revision 7: image 1.4 → 1.5. That was at 2025-12-31 23:58:00 UTC.',
    'A cause was known 1 s after',
    '- [ ] Check tags in CI',
    '- [ ] Correct the tag.',
    '- chg-abcdef123456',
    '| 2026-01-01 01:01:05 UTC | Ann | Resolved: Undone. |',
  ]) {
    expect(text).toContain(part);
  }
});

it('a post-mortem of what came back keeps the cause that was seen before it did', () => {
  const incident = incidentOf('inc-1', [
    openedByAlert(),
    { type: 'diagnosed', ...at, summary: 'The tag is not there.', causes: [cause('api')] },
    { type: 'resolved', ...at, why: '' },
    { type: 'reopened', ...at, why: '' },
    { type: 'diagnosed', ...at, summary: 'Jamie sees nothing that explains it.', causes: [] },
  ]);
  const text = incident === undefined ? '' : postMortem(incident, []);
  expect(text).toContain('| Came back | once |');
  expect(text).toMatch(/## Cause\n\n- .*api.*: seen earlier, and not at the last look\./);
});

it('a post-mortem says who was told and did not answer, who took it up, and what was affected', () => {
  const told = (name: string) => ({ account: `http:${name}`, person: '', name });
  const incident = incidentOf('inc-1', [
    openedByAlert(),
    {
      type: 'escalated',
      ...at,
      policy: 'usual',
      step: 1,
      round: 0,
      to: [told('Ben'), { account: ann.account, person: 'ann', name: 'Ann' }],
      why: '',
    },
    { type: 'acknowledged', ...at },
    { type: 'services-set', ...at, services: ['Checkout'] },
  ]);
  const text = incident === undefined ? '' : postMortem(incident, []);
  for (const part of ['| Told | Ben (no answer), Ann |', '| Taken up by | Ann |', '| Affected | Checkout |']) {
    expect(text).toContain(part);
  }
});

it('a post-mortem shows what others wrote as text, never as markup, and asks for what nobody knows', () => {
  const incident = incidentOf('inc-1', [
    openedByAlert({ title: '[x](http://evil) <img src=x> @channel', alerts: [firingAlert('f', { name: '|`a`|' })] }),
  ]);
  const text = incident === undefined ? '' : postMortem(incident, []);
  expect(text).not.toMatch(/\]\(http|<img|@channel|[^\\]`a/);
  expect(text).toContain('_Jamie saw no cause. What was it?_');
});

it('a post-mortem says who asked for a change, who agreed to it and how it ended, at their times', () => {
  const change = {
    id: 'chg-abcdef123456',
    state: 'succeeded',
    says: 'Nothing got worse.',
    requester: ann,
    plan: planOf(),
    approvals: [{ actor: bob, digest: 'd', time: '2026-01-01T00:03:00.000Z' }],
    createdAt: '2026-01-01T00:02:00.000Z',
    updatedAt: '2026-01-01T00:04:00.000Z',
  } as unknown as Change;
  const incident = incidentOf('inc-1', [openedByAlert(), { type: 'resolved', ...at, why: 'Undone.' }]);
  const rows = (incident === undefined ? '' : postMortem(incident, [change]))
    .split('\n')
    .filter((row) => row.startsWith('| 2026-01-01 '));
  expect(rows.slice(1)).toEqual([
    '| 2026-01-01 00:02:00 UTC | Ann | Proposed chg-abcdef123456: Scale web to 3. |',
    '| 2026-01-01 00:03:00 UTC | bob | Agreed to chg-abcdef123456. |',
    '| 2026-01-01 00:04:00 UTC | Scarlet | chg-abcdef123456 succeeded: Nothing got worse. |',
    '| 2026-01-01 01:01:05 UTC | Ann | Resolved: Undone. |',
  ]);
});

it('the timeline tells of a change once: by its own journal rather than by the link to it', () => {
  const change = {
    id: 'chg-abcdef123456',
    state: 'rejected',
    says: 'Rejected by bob: not now',
    requester: ann,
    plan: planOf(),
    approvals: [],
    createdAt: '2026-01-01T00:02:00.000Z',
    updatedAt: '2026-01-01T00:04:00.000Z',
  } as unknown as Change;
  const incident = incidentOf('inc-1', [
    openedByAlert(),
    { type: 'fix-sought', ...at, cause: 'k', change: change.id, says: 'Scale web to 3.' },
    { type: 'linked', ...at, title: 'By hand', target: 'chg-other0000000' },
  ]);
  const rows = incident === undefined ? [] : timelineWith(incident, [change]);
  expect(rows.map(({ number, type, says }) => [number, type, says])).toEqual([
    [1, 'opened', 'Opened by 1 alert firing: ShopDown.'],
    [0, 'change-proposed', 'Proposed chg-abcdef123456: Scale web to 3.'],
    [0, 'change-ended', 'chg-abcdef123456 rejected: Rejected by bob: not now'],
    [3, 'linked', 'Linked chg-other0000000: By hand'],
  ]);
});
