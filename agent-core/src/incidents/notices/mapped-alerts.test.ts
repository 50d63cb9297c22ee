import { createHash } from 'node:crypto';
import { AlertMapping } from '@autodevops/domain/incident/alert-mapping';
import { IncidentEvent } from '@autodevops/domain/incident/incident-event';
import { describe, expect, it } from 'vitest';
import type { AlertGroup } from './alert-group.ts';
import { mappedGroup } from './mapped-alerts.ts';
import { alertmanager } from '../testing/incident-events.ts';

const digest = (text: string): string => createHash('sha256').update(text).digest('hex');

function read(document: unknown, mapping: unknown): AlertGroup {
  return mappedGroup(document, 'checks', AlertMapping.parse(mapping), digest);
}

/** Whether an incident can be opened by it: whatever a document says, what comes of it is no larger than an event may be. */
function fits({ groupKey, title, severity, alerts }: AlertGroup): boolean {
  return IncidentEvent.safeParse({
    type: 'opened',
    time: '',
    actor: alertmanager,
    idempotencyKey: '',
    origin: 'alert',
    title,
    severity,
    groupKey,
    causes: [],
    alerts: [...alerts],
  }).success;
}

const mapping = {
  alerts: '/checks',
  groupKey: '/run/id',
  fingerprint: '/uuid',
  name: '/check name',
  status: { at: '/state', resolved: ['up', 'ok'] },
  severity: { at: '/level', is: { bad: 'sev1' }, otherwise: 'sev4' },
  summary: '/a~1b',
  startsAt: '/since',
  endsAt: '/until',
  labels: { namespace: '/where/ns', team: { value: 'shop' } },
};
const document = {
  run: { id: 7 },
  checks: [
    {
      uuid: 'u-1',
      'check name': 'Pay',
      state: 'down',
      level: 'bad',
      'a/b': 'No answer',
      since: 1_767_225_600,
      where: { ns: 'shop' },
    },
    {
      uuid: 'u-2',
      'check name': 'Home',
      state: 'up',
      level: 'critical',
      since: '2026-01-01T00:00:00Z',
      until: '2026-01-01T00:05:00Z',
    },
    { uuid: 'u-3', 'check name': 'Mail', state: 'down', level: 'odd' },
  ],
};

describe('a document that is read by a mapping', () => {
  it('has its alerts at the places that the mapping names, the worst first', () => {
    const group = read(document, mapping);
    expect(group).toMatchObject({ groupKey: 'checks 7', severity: 'sev1', left: 0, heartbeat: undefined });
    expect(group.alerts).toEqual([
      {
        fingerprint: 'checks u-1',
        name: 'Pay',
        state: 'firing',
        severity: 'sev1',
        startsAt: '2026-01-01T00:00:00.000Z',
        endsAt: '',
        summary: 'No answer',
        labels: { namespace: 'shop', team: 'shop' },
      },
      {
        fingerprint: 'checks u-2',
        name: 'Home',
        state: 'resolved',
        severity: 'sev2',
        startsAt: '2026-01-01T00:00:00.000Z',
        endsAt: '2026-01-01T00:05:00.000Z',
        summary: '',
        labels: { team: 'shop' },
      },
      {
        fingerprint: 'checks u-3',
        name: 'Mail',
        state: 'firing',
        severity: 'sev4',
        startsAt: '',
        endsAt: '',
        summary: '',
        labels: { team: 'shop' },
      },
    ]);
  });

  it('is one alert itself where no list is named, and the same alert again when it ends', () => {
    const one = { name: '/title', status: { at: '/s', resolved: ['done'] }, labels: { service: '/svc' } };
    const [begins, ends] = [
      read({ title: 'Queue is long', s: 'on', svc: 'q' }, one),
      read({ title: 'Queue is long', s: 'done', svc: 'q' }, one),
    ];
    expect([begins.alerts[0]?.state, ends.alerts[0]?.state]).toEqual(['firing', 'resolved']);
    expect([ends.groupKey, ends.alerts[0]?.fingerprint]).toEqual([begins.groupKey, begins.alerts[0]?.fingerprint]);
    expect(read({ title: 'Queue is long', s: 'on', svc: 'other' }, one).groupKey).not.toBe(begins.groupKey);
  });

  it('has milliseconds and seconds since 1970 for times, and no time where there is none', () => {
    const at = (value: unknown): string | undefined =>
      read({ n: 'x', at: value }, { name: '/n', startsAt: '/at' }).alerts[0]?.startsAt;
    expect(
      [at(1_767_225_600_000), at('1767225600'), at('yesterday'), at({}), at(-5), at(99_999_999_999_999)].map((time) =>
        time?.slice(0, 10),
      ),
    ).toEqual(['2026-01-01', '2026-01-01', '', '', '', '5138-11-16']);
  });

  it.each([
    [null],
    ['text'],
    [7],
    [[]],
    [{ checks: null }],
    [{ checks: [] }],
    [{ checks: 'odd' }],
    [{ checks: [null, 7, [], 'x', { uuid: {} }] }],
  ])('of any shape is read without harm: %j', (odd) => {
    expect(fits(read(odd, mapping))).toBe(true);
  });

  it('is read no further than what is in it: no prototype, no length, no index beside the list', () => {
    const names = ['/constructor/name', '/__proto__/x', '/list/length', '/list/01', '/list/-1', '/toString'];
    expect(names.map((name) => read({ list: ['a'] }, { name }).alerts[0]?.name)).toEqual(
      names.map(() => 'An alert without a name'),
    );
    expect(read(JSON.parse('{"__proto__": {"x": "own"}}'), { name: '/__proto__/x' }).alerts[0]?.name).toBe('own');
  });

  it('keeps no secret and no control character, and is cut', () => {
    const group = read(
      { n: `token=abcdefgh \u001b[31m${'x'.repeat(100_000)}`, k: 'y'.repeat(50_000) },
      { name: '/n', summary: '/n', fingerprint: '/k', labels: { password: '/k' } },
    );
    expect(JSON.stringify(group)).not.toMatch(/abcdefgh|\u001b|yyyyy{400}/);
    expect(fits(group)).toBe(true);
  });

  it('with more alerts than an incident holds counts the others', () => {
    const group = read(
      { checks: Array.from({ length: 7000 }, (_, number) => ({ uuid: `u-${number}`, 'check name': 'A' })) },
      mapping,
    );
    expect([group.alerts.length, group.left, fits(group)]).toEqual([1000, 6000, true]);
  });

  it('that is nested a hundred thousand times is no trouble', () => {
    expect(read(JSON.parse(`${'['.repeat(100_000)}${']'.repeat(100_000)}`), { name: '/0/0/0' }).alerts).toHaveLength(1);
  });
});

it('a mapping is refused where a place is none, or a word is unknown', () => {
  const wrong = [
    { name: 'title' },
    { name: '/a~2' },
    {},
    { name: '/n', severity: { at: '/s', is: { bad: 'sev9' } } },
    { name: '/n', labels: { 'no blank': '/x' } },
    { name: '/n', shell: 'x' },
    { name: '/n', status: { at: '/s', resolved: [] } },
  ];
  expect(wrong.map((one) => AlertMapping.safeParse(one).success)).toEqual(wrong.map(() => false));
});
