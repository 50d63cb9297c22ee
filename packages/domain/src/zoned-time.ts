/**
 * Wall time in a time zone, as milliseconds since 1970 that a clock on the wall there would count: to reckon in days and
 * hours with, whatever the zone does to its clocks. Zones are those of the IANA database that the runtime brings.
 */
const formats = new Map<string, Intl.DateTimeFormat>();
const mostFormats = 100;

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
    era: 'short',
  });
  if (formats.size >= mostFormats) formats.clear();
  formats.set(zone, made);
  return made;
}

/** Whether it is the IANA name of a time zone that this machine knows. */
export function isTimeZone(zone: string): boolean {
  try {
    formatOf(zone);
    return true;
  } catch {
    return false;
  }
}

/** What the wall shows at an instant. Throws `RangeError` for a zone that is none. */
export function wallTime(instant: number, zone: string): number {
  const parts = new Map(
    formatOf(zone)
      .formatToParts(instant)
      .map(({ type, value }) => [type, value]),
  );
  const part = (name: Intl.DateTimeFormatPartTypes): number => Number(parts.get(name));
  const whole = Math.floor(instant / 1000) * 1000;
  return (
    Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second')) +
    (instant - whole)
  );
}

const day = 86_400_000;

/**
 * The instant at which the wall shows that: the first of two where clocks are set back; where they are set forward and
 * never show it, as much later as they were set. So do calendars (RFC 5545, 3.3.5).
 */
export function instantOf(wall: number, zone: string): number {
  const offsets = [wall - day, wall + day].map((near) => wallTime(near, zone) - near);
  const candidates = offsets.map((offset) => wall - offset).filter((instant) => wallTime(instant, zone) === wall);
  return candidates.length > 0 ? Math.min(...candidates) : wall - (offsets[0] ?? 0);
}
