import { counted } from '@autodevops/domain/count-words';
import { formatDuration } from '@autodevops/domain/duration';
import type { Pod } from '@autodevops/domain/kubernetes/pod';
import { containersOf, lastTermination } from '../../../reading/pods/pod-status.ts';
import type { ContainerView } from '../../../reading/pods/pod-status.ts';
import { podsOf } from '../../entrances.ts';
import { namesOf } from '../../naming/names.ts';
import type { AskContext, Intent } from '../../intent.ts';
import { resolve } from '../../naming/resolve.ts';
import { inScope, notSeen, scopeWords } from '../../scope.ts';
import { stretchIn } from '../../time-words.ts';

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
    .toSorted(
      (a, b) =>
        b.count - a.count ||
        `${a.pod.metadata.namespace}/${a.pod.metadata.name}`.localeCompare(
          `${b.pod.metadata.namespace}/${b.pod.metadata.name}`,
        ),
    );
}

function rowOf({ pod, view, count }: Restarted, now: number): string[] {
  const end = lastTermination(view.status);
  const age = now - Date.parse(end?.finishedAt ?? '');
  const why = end === undefined ? '' : `${end.reason ?? 'ended'}, exit code ${end.exitCode ?? '?'}`;
  return [
    `${pod.metadata.namespace}/${pod.metadata.name}`,
    view.spec.name,
    String(count),
    Number.isNaN(age) ? '' : `${formatDuration(age)} ago`,
    why,
  ];
}

/** A container tells when it ended last, not when it ended before that. */
function endedWithin(
  { status }: ContainerView,
  { from, until }: { readonly from: number; readonly until: number },
): boolean {
  const ended = Date.parse(lastTermination(status)?.finishedAt ?? '');
  return ended >= from && ended <= until;
}

/** What restarts most: containers by their number of restarts, with how each ended last. */
export const restarts: Intent = {
  name: 'restarts',
  example: 'what restarts most?',
  patterns: [
    /^(?:what is the |show(?: me)? the |the )?(?:restart count|restarts|number of restarts) (?:of|for) (?<object>.+)$/i,
    /^how many (?:restarts|times restarted) (?:does|do|did|has|have) (?<object>.+?)(?: (?:have|had|has|see))?$/i,
    /^(?:when (?:was|is|did) )?(?:the )?(?:last|latest|most recent) restart (?:of|for) (?<object>.+)$/i,
    /^when (?:did|was|has|were) (?<object>.+?) (?:last |been )*restart(?:ed)?(?: last)?$/i,
    /^how (?:many times|often) (?:did|does|do|has|have|is|was|were) (?<object>.+?) (?:been )?restart(?:s|ed|ing)?$/i,
    /^(?:what|who|which one)(?: is| are| has| have| keeps?)? (?:the )?(?:most(?: often)? )?(?:re-?start(?:s|ed|ing)?|reboot(?:s|ed|ing)?)(?: (?:the )?most(?: often)?| a lot| often| constantly)?(?<rest> .+)?$/i,
    /^(?:any|list|show(?: me)?|are there(?: any)?|what are|top|how many|number of)? ?(?:the |recent |container |pod )*(?:restarts?|reboots?)(?: (?:were|are) there)?(?<rest> .+)?$/i,
  ],
  answer: (caught, context) => {
    const blind = notSeen(context, 'Pod');
    if (blind !== undefined) return blind;
    const named = caught('object') === '' ? undefined : resolve(context, caught('object'));
    if (named !== undefined && 'reply' in named) return named.reply;
    const own =
      named === undefined ? undefined : new Set(named.objects.flatMap((ref) => podsOf(context.snapshot, ref)));
    const time = stretchIn(caught('rest'), context.snapshot.now);
    // What is said besides a time changes which restarts are meant.
    if (caught('rest') !== '' && time?.rest.trim() !== '') return undefined;
    const found = restartedIn(context).filter(
      ({ pod, view }) => (own === undefined || own.has(pod)) && (time === undefined || endedWithin(view, time)),
    );
    const of = named === undefined ? scopeWords(context) : ` of ${namesOf(named.objects)}`;
    const when = time === undefined ? '' : ` ${time.words}`;
    const first = found[0];
    if (first === undefined) return { headline: `No container${of} has restarted${when}.` };
    const total = found.reduce((sum, { count }) => sum + count, 0);
    return {
      headline: `${counted(found.length, 'container')}${of} ${found.length === 1 ? 'has' : 'have'} restarted${when}${time === undefined ? `, ${counted(total, 'time')} in all` : ''}; most often ${first.view.spec.name} of Pod ${first.pod.metadata.namespace}/${first.pod.metadata.name} (${first.count}).`,
      table: {
        columns: ['pod', 'container', 'restarts', 'last', 'ended'],
        rows: found.slice(0, most).map((r) => rowOf(r, context.snapshot.now)),
      },
      lines: found.length > most ? [`${found.length - most} more are left out.`] : [],
    };
  },
};
