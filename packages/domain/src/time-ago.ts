import { formatDuration } from './duration.ts';

/** "12 minutes ago": how long before `now` (ISO 8601, or milliseconds) an ISO time was; empty when either is not known. */
export function timeAgo(time: string, now: string | number): string {
  const age = (typeof now === 'number' ? now : Date.parse(now)) - Date.parse(time);
  return Number.isNaN(age) ? '' : `${formatDuration(age)} ago`;
}
