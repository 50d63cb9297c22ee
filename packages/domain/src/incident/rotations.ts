import { z } from 'zod';
import { isTimeZone } from '../zoned-time.ts';

/** The 30th of February is read as one of March, and is no day. */
function isDay(text: string): boolean {
  const midnight = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(midnight.getTime()) && midnight.toISOString().startsWith(text);
}

/** A time on the wall of the schedule's zone, without a zone of its own. */
const wall = z
  .string()
  .regex(/^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d)?)?$/, 'a day or a time without a zone: 2026-01-05 or 2026-01-05T09:00')
  .refine((text) => isDay(text.slice(0, 10)), { error: 'no such day' });
const hour = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'a time of the day: 09:00');
const who = z.string().trim().min(1).max(200);
const several = z.union([who, z.array(who).min(1).max(20)]).describe('one, or several who are on call together');

export const weekdays = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;

/** A rotation. Where a later layer has somebody, it counts and not this one. */
export const RotationLayer = z.strictObject({
  start: wall.describe('when the first of the rotation begins; every hand-over is at that time of the day'),
  end: wall.optional(),
  handOver: z
    .strictObject({ every: z.int().min(1).max(1000), unit: z.enum(['hours', 'days', 'weeks']) })
    .default({ every: 1, unit: 'weeks' }),
  rotation: z.array(several).min(1).max(500).describe('in turns'),
  between: z
    .array(
      z.strictObject({
        from: hour,
        to: hour.describe('before `from`: of the next day'),
        days: z.array(z.enum(weekdays)).min(1).optional().describe('on which it begins; every day when absent'),
      }),
    )
    .min(1)
    .max(50)
    .optional()
    .describe('only then; always when absent'),
});
export type RotationLayer = Readonly<z.infer<typeof RotationLayer>>;

const Schedule = z
  .strictObject({
    name: z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/),
    timeZone: z
      .string()
      .refine(isTimeZone, { error: 'no time zone that is known here: Europe/Berlin, UTC' })
      .default('UTC'),
    layers: z.array(RotationLayer).max(50).default([]),
    overrides: z
      .array(z.strictObject({ who: several, from: wall, to: wall }))
      .max(5000)
      .default([])
      .describe('count more than any layer; of several the last'),
  })
  .refine(({ layers, overrides }) => layers.length + overrides.length > 0, { error: 'has nobody' });
export type RotationSchedule = Readonly<z.infer<typeof Schedule>>;

/** A file of on-call schedules. */
export const RotationFile = z.strictObject({
  schedules: z
    .array(Schedule)
    .min(1)
    .max(200)
    .refine((all) => new Set(all.map(({ name }) => name)).size === all.length, { error: 'has a name twice' }),
});
export type RotationFile = Readonly<z.infer<typeof RotationFile>>;
