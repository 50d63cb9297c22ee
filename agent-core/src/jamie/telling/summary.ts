import type { Cause, Verdict } from '@autodevops/domain/diagnosis';
import { refText } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';

function number(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** The answer in one sentence. `leftOut`: problems that are older or less grave than was asked for. */
export function summaryOf(verdict: Verdict, causes: readonly Cause[], snapshot: Snapshot, leftOut: number): string {
  const pods = snapshot.list('Pod').length;
  const first = causes[0];
  if (first !== undefined) {
    const rest = causes.length === 1 ? '' : `, and ${number(causes.length - 1, 'more cause')}`;
    return `${first.title}: ${refText(first.object)}${rest}.`;
  }
  if (leftOut > 0) {
    return `Nothing is as recent and as grave as was asked for; ${number(leftOut, 'other problem is', 'other problems are')} left out.`;
  }
  if (verdict === 'inconclusive') return 'Nothing wrong was seen, but not everything could be looked at.';
  return pods === 0 ? 'Nothing is wrong, and nothing runs here.' : `Nothing is wrong among ${number(pods, 'pod')}.`;
}
