import { formatDuration } from '@autodevops/domain/duration';

/** "12 minutes ago", seen from `now` (ISO); empty when the time is not known. */
export function timeAgo(time: string, now: string): string {
  const age = Date.parse(now) - Date.parse(time);
  return Number.isNaN(age) ? '' : `${formatDuration(age)} ago`;
}
