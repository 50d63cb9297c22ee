import { expect, it } from 'vitest';
import { fromLog, fromSpec, sinceOf } from './finding.ts';

const pod = { apiVersion: 'v1', kind: 'Pod', namespace: 'shop', name: 'web', uid: 'u' };

it.each([
  ['a variable whose value has blanks', 'DB_PASSWORD=correct horse, battery', 'DB_PASSWORD=[redacted]'],
  ['a variable that says nothing secret', 'GREETING=good morning', 'GREETING=good morning'],
  ['arguments', JSON.stringify(['serve', '--password', 'hunter2']), '["serve","--password","[redacted]"]'],
])('quotes no secret of %s', (_what, text, quoted) => {
  expect(fromSpec(pod, 'spec', text).quote).toBe(quoted);
});

it('quotes a line of a log without secrets and without what drives a terminal', () => {
  expect(fromLog(pod, 'web', false, '\u001b[31mno login: SMTP_PASS=hunter2').quote).toBe(
    String.raw`\x1b[31mno login: SMTP_PASS=[redacted]`,
  );
});

it('takes the time of a line for when it was said, not for since when it is so', () => {
  const time = '2026-01-01T12:00:00Z';
  expect(fromLog(pod, 'web', false, 'no', time).time).toBe(time);
  expect(sinceOf({ source: 'log', time })).toBe('');
  expect(sinceOf({ source: 'event', time })).toBe(time);
});
