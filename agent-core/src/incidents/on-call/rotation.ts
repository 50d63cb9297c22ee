import { weekdays } from '@autodevops/domain/incident/rotations';
import type { RotationLayer, RotationSchedule } from '@autodevops/domain/incident/rotations';
import { instantOf, wallTime } from '@autodevops/domain/zoned-time';

const hour = 3_600_000;
const day = 24 * hour;
const lengths = { hours: hour, days: day, weeks: 7 * day } as const;

/** `2026-01-05T09:00` as the wall counts. */
function wallOf(text: string): number {
  return Date.parse(`${text.length === 10 ? `${text}T00:00` : text}Z`);
}

function minutesOf(text: string): number {
  return Number(text.slice(0, 2)) * 60 + Number(text.slice(3));
}

function listed(who: string | readonly string[]): readonly string[] {
  return typeof who === 'string' ? [who] : who;
}

/** Whether a window of the day, begun that day or the day before, holds a time on the wall. */
function isBetween(wall: number, between: RotationLayer['between']): boolean {
  if (between === undefined) return true;
  const midnight = Math.floor(wall / day) * day;
  const minute = (wall - midnight) / 60_000;
  const named = (at: number): (typeof weekdays)[number] => weekdays[new Date(at).getUTCDay()] ?? 'sun';
  return between.some(({ from, to, days }) => {
    const [begins, ends] = [minutesOf(from), minutesOf(to)];
    const isOn = (at: number): boolean => days === undefined || days.includes(named(at));
    if (begins < ends) return isOn(midnight) && minute >= begins && minute < ends;
    return (isOn(midnight) && minute >= begins) || (isOn(midnight - day) && minute < ends);
  });
}

/**
 * How many hand-overs were before an instant. Each is when the wall shows its time for the first time, so an hour that
 * comes twice hands over once, and nobody gets it back.
 */
function handOversBefore(time: number, { start, handOver }: RotationLayer, zone: string): number {
  const [first, length] = [wallOf(start), handOver.every * lengths[handOver.unit]];
  const guess = Math.floor((wallTime(time, zone) - first) / length);
  return [guess + 1, guess, guess - 1].find((number) => instantOf(first + number * length, zone) <= time) ?? guess - 2;
}

function onLayer(time: number, layer: RotationLayer, zone: string): readonly string[] {
  const { start, end, rotation, between } = layer;
  if (time < instantOf(wallOf(start), zone) || (end !== undefined && time >= instantOf(wallOf(end), zone))) return [];
  if (!isBetween(wallTime(time, zone), between)) return [];
  const turn = Math.max(0, handOversBefore(time, layer, zone)) % rotation.length;
  return listed(rotation[turn] ?? []);
}

/** Who is on call at an instant, as the schedule names them: by its last override, else by its last layer that has anybody. */
export function onCallAt(time: number, { timeZone, layers, overrides }: RotationSchedule): readonly string[] {
  const override = overrides.findLast(
    ({ from, to }) => instantOf(wallOf(from), timeZone) <= time && time < instantOf(wallOf(to), timeZone),
  );
  if (override !== undefined) return listed(override.who);
  return (
    layers
      .toReversed()
      .map((layer) => onLayer(time, layer, timeZone))
      .find((people) => people.length > 0) ?? []
  );
}
