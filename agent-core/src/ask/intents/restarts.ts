import { formatDuration } from '@autodevops/domain/duration';
import type { Pod } from '@autodevops/domain/kubernetes/pod';
import { containersOf, lastTermination } from '../../reading/pod-status.ts';
import type { ContainerView } from '../../reading/pod-status.ts';
import { podsOf } from '../entrances.ts';
import { namesOf } from '../health.ts';
import type { AskContext, Intent } from '../intent.ts';
import { resolve } from '../resolve.ts';
import { inScope, notSeen, scopeWords } from '../scope.ts';
import { counted } from '../words.ts';

const most = 15;

interface Restarted {
  readonly pod: Pod;
  readonly view: ContainerView;
  readonly count: number;
}

function restartedIn(context: AskContext): readonly Restarted[] {
  return inScope(context, 'Pod')
    .flatMap((pod) => containersOf(pod).map((view) => ({ pod, view, count: view.status?.restartCount ?? 0 })))
    .filter(({ count }) => count > 0)
    .toSorted((a, b) => b.count - a.count || `${a.pod.metadata.namespace}/${a.pod.metadata.name}`.localeCompare(`${b.pod.metadata.namespace}/${b.pod.metadata.name}`));
}

function rowOf({ pod, view, count }: Restarted, now: number): string[] {
  const end = lastTermination(view.status);
  const age = now - Date.parse(end?.finishedAt ?? '');
  const why = end === undefined ? '' : `${end.reason ?? 'ended'}, exit code ${end.exitCode ?? '?'}`;
  return [`${pod.metadata.namespace}/${pod.metadata.name}`, view.spec.name, String(count), Number.isNaN(age) ? '' : `${formatDuration(age)} ago`, why];
}

/** What restarts most: containers by their number of restarts, with how each ended last. */
export const restarts: Intent = {
  name: 'restarts',
  example: 'what restarts most?',
  patterns: [
    /^(?:what is the |show(?: me)? the |the )?(?:restart count|restarts|number of restarts) (?:of|for) (?<object>.+)$/i,
    /^how (?:many times|often) (?:did|does|do|has|have|is|was|were) (?<object>.+?) (?:been )?restart(?:s|ed|ing)?$/i,
    /^(?:what|which|who|how (?:many|often)|list|show|any|are there|most|top)\b.*\brestart(?:s|ed|ing)?\b.*$/i,
    /^restarts?$/i,
  ],
  answer: (caught, context) => {
    const blind = notSeen(context, 'Pod');
    if (blind !== undefined) return blind;
    const named = caught('object') === '' ? undefined : resolve(context, caught('object'));
    if (named !== undefined && 'reply' in named) return named.reply;
    const own = named === undefined ? undefined : new Set(named.objects.flatMap((ref) => podsOf(context.snapshot, ref)));
    const found = restartedIn(context).filter(({ pod }) => own === undefined || own.has(pod));
    const of = named === undefined ? scopeWords(context) : ` of ${namesOf(named.objects)}`;
    const first = found[0];
    if (first === undefined) return { headline: `No container${of} has restarted.` };
    const total = found.reduce((sum, { count }) => sum + count, 0);
    return {
      headline: `${counted(found.length, 'container has', 'containers have')} restarted${of}, ${counted(total, 'time')} in all; most often ${first.view.spec.name} of Pod ${first.pod.metadata.namespace}/${first.pod.metadata.name} (${first.count}).`,
      table: { columns: ['pod', 'container', 'restarts', 'last', 'ended'], rows: found.slice(0, most).map((r) => rowOf(r, context.snapshot.now)) },
      lines: found.length > most ? [`${found.length - most} more are left out.`] : [],
    };
  },
};
