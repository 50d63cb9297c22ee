import { expect, it } from 'vitest';
import { botLog } from './log.ts';

it('a line of the log holds no token of Slack', () => {
  const lines: string[] = [];
  const log = botLog(
    'info',
    (text) => void lines.push(text),
    () => 0,
  );
  log('error', 'call failed with xoxb-1234567890-abcdef', {
    why: 'xapp-1-A111-222-deadbeef',
    also: 'xoxe.xoxb-1-abcdefghijkl',
  });
  expect(lines[0]).not.toMatch(/1234567890|deadbeef|abcdefghijkl/);
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ level: 'error', time: '1970-01-01T00:00:00.000Z' });
});

it('what is below the level is left out', () => {
  const lines: string[] = [];
  botLog(
    'error',
    (text) => void lines.push(text),
    () => 0,
  )('info', 'well');
  expect(lines).toEqual([]);
});
