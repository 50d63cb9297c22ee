import type { Names } from './names.ts';

type Clock = Pick<Names, 'now' | 'zone'>;

const month = { month: 'long' } as const;

function part(date: Date, zone: string, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat('en-US', { timeZone: zone, ...options }).format(date);
}

function dayOf(date: Date, zone: string): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: zone }).format(date);
}

function pretty(date: Date, { now, zone }: Clock, otherwise: string): string {
  const day = 86_400_000;
  const today = Date.parse(now);
  const near: Readonly<Record<string, string>> = {
    [dayOf(new Date(today), zone)]: 'today',
    [dayOf(new Date(today - day), zone)]: 'yesterday',
    [dayOf(new Date(today + day), zone)]: 'tomorrow',
  };
  return near[dayOf(date, zone)] ?? otherwise;
}

function ago(date: Date, { now }: Clock): string {
  const minutes = Math.round((Date.parse(now) - date.getTime()) / 60_000);
  return minutes < 1 ? 'now' : minutes < 120 ? `${minutes} minutes ago` : `${Math.floor(minutes / 60)} hours ago`;
}

/** A time as Slack writes it for the one who looks. https://docs.slack.dev/messaging/formatting-message-text#date-formatting */
export function dateText(timestamp: number, format: string, clock: Clock): string {
  const { zone } = clock;
  const date = new Date(timestamp * 1000);
  const long = part(date, zone, { ...month, weekday: 'long', day: 'numeric', year: 'numeric' });
  const middle = part(date, zone, { ...month, day: 'numeric', year: 'numeric' });
  const short = part(date, zone, { month: 'short', day: 'numeric', year: 'numeric' });
  const tokens: Readonly<Record<string, string>> = {
    date_num: dayOf(date, zone),
    date: middle,
    date_short: short,
    date_long: long,
    date_slash: part(date, zone, { month: '2-digit', day: '2-digit', year: 'numeric' }),
    date_pretty: pretty(date, clock, middle),
    date_short_pretty: pretty(date, clock, short),
    date_long_pretty: pretty(date, clock, long),
    day_divider_pretty: pretty(date, clock, part(date, zone, { weekday: 'long', ...month, day: 'numeric' })),
    time: part(date, zone, { hour: 'numeric', minute: '2-digit' }),
    time_secs: part(date, zone, { hour: 'numeric', minute: '2-digit', second: '2-digit' }),
    ago: ago(date, clock),
  };
  return format.replaceAll(/\{(\w+)\}/g, (whole, name: string) => tokens[name] ?? whole);
}
