import { formatDuration } from '@autodevops/domain/duration';

/** "4 minutes ago". Times are ISO 8601, `now` is in milliseconds. */
export function timeAgo(now: number, time: string): string {
  return `${formatDuration(now - Date.parse(time))} ago`;
}

/** "Since revision 7, 4 minutes ago: …" for a record, which is read when it is longer ago. */
export function withoutTimeAgo(sentence: string): string {
  return sentence.replace(/, \d+ (?:s|minutes|h|days) ago(?=[:.])/, '');
}
