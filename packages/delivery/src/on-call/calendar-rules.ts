/**
 * The rules of recurrence that a calendar may have here. Some that RFC 5545 allows never come to a next time, and the
 * library looks for it for ever (`FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30`); nobody is on call by the second either. So what
 * is known to go on is let through, and everything else is refused before it is looked at.
 */
const parts: Readonly<Record<string, readonly string[]>> = {
  HOURLY: [],
  DAILY: ['BYDAY'],
  WEEKLY: ['BYDAY'],
  MONTHLY: ['BYDAY', 'BYMONTHDAY'],
  YEARLY: ['BYDAY', 'BYMONTHDAY', 'BYMONTH'],
};
const always = ['FREQ', 'INTERVAL', 'COUNT', 'UNTIL', 'WKST'];
const ofZones = ['YEARLY', 'MONTHLY'];
const longestInterval = 400;

function partsOf(rule: string): ReadonlyMap<string, string> {
  return new Map(
    rule
      .toUpperCase()
      .split(';')
      .map((part) => {
        const [name = '', value = ''] = part.split('=');
        return [name.trim(), value.trim()];
      }),
  );
}

/** What is wrong with a rule; undefined when it goes on. */
export function faultOfRule(rule: string, isOfZone: boolean): string | undefined {
  const given = partsOf(rule);
  const [frequency, interval] = [given.get('FREQ') ?? '', Number(given.get('INTERVAL') ?? '1')];
  const known = Object.hasOwn(parts, frequency) ? parts[frequency] : undefined;
  if (known === undefined || (isOfZone && !ofZones.includes(frequency))) {
    return `it recurs ${frequency || 'in no known way'}`;
  }
  if (!Number.isInteger(interval) || interval < 1 || interval > longestInterval) return 'it recurs too seldom';
  const odd = [...given.keys()].find((name) => ![...always, ...known].includes(name));
  if (odd !== undefined) return `it recurs by ${odd}`;
  // A step of weeks from a day that is none of those named never comes to one of them.
  if (frequency === 'DAILY' && given.has('BYDAY') && interval !== 1) {
    return 'it recurs by days of the week that may never come';
  }
  const weekdays = (given.get('BYDAY') ?? 'MO').split(',');
  const isPlain = weekdays.every((one) => /^(MO|TU|WE|TH|FR|SA|SU)$/.test(one));
  const isNumbered = weekdays.every((one) => /^([+-]?[1-4]|-?5)?(MO|TU|WE|TH|FR|SA|SU)$/.test(one));
  if (!isPlain && (!isNumbered || frequency === 'DAILY' || frequency === 'WEEKLY')) {
    return 'it recurs on days of the week that may never come';
  }
  if (given.has('BYDAY') && given.has('BYMONTHDAY')) return 'it recurs by BYDAY and BYMONTHDAY at once';
  const days = (given.get('BYMONTHDAY') ?? '1').split(',').map(Number);
  return days.every((day) => Number.isInteger(day) && day !== 0 && Math.abs(day) <= (frequency === 'YEARLY' ? 28 : 31))
    ? undefined
    : 'it recurs on days that may never come';
}

/** Of a calendar's text; lines may be folded. Undefined when all of its rules go on. */
export function faultOfRules(text: string): string | undefined {
  const open: string[] = [];
  for (const line of text.replaceAll(/\r?\n[ \t]/g, '').split(/\r?\n/)) {
    const [, name = '', value = ''] = /^([A-Za-z-]+)(?:;[^:]*)?:(.*)$/.exec(line) ?? [];
    const property = name.toUpperCase();
    if (property === 'BEGIN') open.push(value.trim().toUpperCase());
    else if (property === 'END') open.pop();
    else if (property === 'EXRULE') return 'it has a rule of exceptions';
    else if (property === 'RRULE') {
      const fault = faultOfRule(value, open.includes('VTIMEZONE'));
      if (fault !== undefined) return fault;
    }
    if (open.length > 10) return 'its parts are nested too deeply';
  }
  return undefined;
}
