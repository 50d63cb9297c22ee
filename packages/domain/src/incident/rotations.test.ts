import { expect, it } from 'vitest';
import { RotationFile } from './rotations.ts';

const schedule = { name: 'first', layers: [{ start: '2026-01-05T09:00', rotation: ['ann', ['ben', 'cy']] }] };

it('a file of schedules has weeks, and the time of the world, where nothing is said', () => {
  expect(RotationFile.parse({ schedules: [schedule] }).schedules[0]).toMatchObject({
    timeZone: 'UTC',
    layers: [{ handOver: { every: 1, unit: 'weeks' } }],
    overrides: [],
  });
});

it.each([
  ['two of one name', { schedules: [schedule, schedule] }, 'has a name twice'],
  ['nobody', { schedules: [{ name: 'first' }] }, 'has nobody'],
  ['a zone that nobody knows', { schedules: [{ ...schedule, timeZone: 'Europe/Nowhere' }] }, 'no time zone'],
  [
    'a day that no month has',
    { schedules: [{ ...schedule, layers: [{ start: '2026-02-30', rotation: ['ann'] }] }] },
    'no such day',
  ],
])('a file of schedules with %s is refused', (_name, file, says) => {
  const read = RotationFile.safeParse(file);
  expect(read.error?.issues.map(({ message }) => message)).toEqual([expect.stringContaining(says)]);
});
