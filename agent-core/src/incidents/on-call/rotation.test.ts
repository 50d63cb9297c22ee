import { RotationFile } from '@autodevops/domain/incident/rotations';
import type { RotationSchedule } from '@autodevops/domain/incident/rotations';
import { describe, expect, it } from 'vitest';
import { onCallAt } from './rotation.ts';
import { readRotations } from './read-rotations.ts';

function schedule(given: Readonly<Record<string, unknown>>): RotationSchedule {
  const [read] = RotationFile.parse({ schedules: [{ name: 's', timeZone: 'Europe/Berlin', ...given }] }).schedules;
  if (read === undefined) throw new Error('There is none.');
  return read;
}

/** By instants in UTC. */
function at(one: RotationSchedule, ...times: readonly string[]): readonly string[] {
  return times.map((time) => onCallAt(Date.parse(`${time}Z`), one).join('+'));
}

const weekly = { start: '2026-01-05T09:00', rotation: ['ann', 'ben', 'eve'] };

describe('a rotation', () => {
  it('hands over at the same time on the wall, whatever happens to clocks', () => {
    const one = schedule({ layers: [weekly] });
    expect(
      at(one, '2026-01-05T07:59', '2026-01-05T08:00', '2026-01-12T07:59', '2026-01-12T08:00', '2026-01-26T08:00'),
    ).toEqual(['', 'ann', 'ann', 'ben', 'ann']);
    // Summer time from 29 March on: 09:00 in Berlin is 07:00 in UTC.
    expect(at(one, '2026-03-30T06:59', '2026-03-30T07:00', '2026-10-26T07:59', '2026-10-26T08:00')).toEqual([
      'eve',
      'ann',
      'eve',
      'ann',
    ]);
  });

  it('hands over once in an hour that comes twice, and in one that never comes', () => {
    const daily = (start: string): RotationSchedule =>
      schedule({ layers: [{ start, rotation: ['ann', 'ben'], handOver: { every: 1, unit: 'days' } }] });
    expect(
      at(
        daily('2026-10-24T02:30'),
        '2026-10-25T00:29',
        '2026-10-25T00:30',
        '2026-10-25T01:15',
        '2026-10-25T01:45',
        '2026-10-26T01:29',
        '2026-10-26T01:30',
      ),
    ).toEqual(['ann', 'ben', 'ben', 'ben', 'ben', 'ann']);
    expect(
      at(
        daily('2026-03-28T02:30'),
        '2026-03-29T00:59',
        '2026-03-29T01:29',
        '2026-03-29T01:30',
        '2026-03-30T00:29',
        '2026-03-30T00:30',
      ),
    ).toEqual(['ann', 'ann', 'ben', 'ben', 'ann']);
  });

  it('has several on call together, and an end', () => {
    const one = schedule({
      layers: [
        {
          start: '2026-01-05',
          end: '2026-01-07',
          rotation: [['ann', 'ben'], 'eve'],
          handOver: { every: 1, unit: 'days' },
        },
      ],
    });
    expect(at(one, '2026-01-05T12:00', '2026-01-06T12:00', '2026-01-06T23:00')).toEqual(['ann+ben', 'eve', '']);
  });

  it('is for some hours of some days, also over midnight', () => {
    const night = schedule({
      layers: [{ start: '2026-01-01', rotation: ['ann'], between: [{ from: '22:00', to: '06:00', days: ['fri'] }] }],
    });
    expect(
      at(night, '2026-01-09T20:59', '2026-01-09T21:00', '2026-01-10T04:59', '2026-01-10T05:00', '2026-01-10T21:30'),
    ).toEqual(['', 'ann', 'ann', '', '']);
  });

  it('gives way to later layers that have somebody, and to overrides', () => {
    const one = schedule({
      layers: [weekly, { start: '2026-01-05', rotation: ['day'], between: [{ from: '08:00', to: '16:00' }] }],
      overrides: [
        { who: 'zoe', from: '2026-01-06T12:00', to: '2026-01-06T14:00' },
        { who: ['max', 'mia'], from: '2026-01-06T13:00', to: '2026-01-06T14:00' },
      ],
    });
    expect(
      at(
        one,
        '2026-01-06T06:00',
        '2026-01-06T10:00',
        '2026-01-06T11:30',
        '2026-01-06T12:30',
        '2026-01-06T13:00',
        '2026-01-06T18:00',
      ),
    ).toEqual(['ann', 'day', 'zoe', 'max+mia', 'day', 'ann']);
  });
});

describe('a file of schedules', () => {
  it('is read with its places named where it is wrong', () => {
    const file =
      'schedules:\n  - name: platform\n    timeZone: Europe/Berlin\n    layers:\n      - start: 2026-01-05T09:00\n        rotation: [ann, ben]\n';
    expect([...readRotations(file, 'on-call.yaml').keys()]).toEqual(['platform']);
    expect(() => readRotations(file.replace('Europe/Berlin', 'Mars/Olympus'), 'on-call.yaml')).toThrow(
      'on-call.yaml is no file of on-call schedules: schedules.0.timeZone: no time zone that is known here',
    );
    expect(() => readRotations('schedules: [{name: a, layers: [{start: 2026-13-40, rotation: [x]}]}]', 'f')).toThrow(
      'schedules.0.layers.0.start: no such day',
    );
    expect(() => readRotations('schedules: [{name: a}]', 'f')).toThrow('schedules.0: has nobody');
    expect(() => readRotations('a: [', 'f')).toThrow('f is no file');
    expect(() => readRotations('x'.repeat(1_000_001), 'f')).toThrow('more than 1000000 characters');
  });
});
