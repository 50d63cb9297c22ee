import type { Cause } from '@autodevops/domain/diagnosis';
import { timeAgo } from '@autodevops/domain/time-ago';

type Beginning = Pick<Cause, 'began' | 'beganAt' | 'since'>;

/** What a cause began with and how long ago that is, for who reads it now (ISO); empty when nothing is known of it. */
export function beginningText({ began, beganAt = '', since }: Beginning, now: string): string {
  const [changed, seen] = [timeAgo(beganAt, now), timeAgo(since, now)];
  if (began === '') return seen === '' ? '' : `Since ${seen}.`;
  return [
    began,
    changed === '' ? '' : `That was ${changed}.`,
    seen === '' || seen === changed ? '' : `First seen ${seen}.`,
  ]
    .filter((sentence) => sentence !== '')
    .join(' ');
}
