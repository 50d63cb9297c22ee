import { counted } from '@autodevops/domain/count-words';
import type { ClusterEvent } from '@autodevops/domain/kubernetes/event';
import { oneLine } from '@autodevops/domain/printable';
import { redact } from '@autodevops/domain/redact';
import { refKey, refText } from '@autodevops/domain/object-ref';
import { ownedTree } from '../../../graph/graph.ts';
import type { Intent } from '../../intent.ts';
import { namesOf } from '../../naming/names.ts';
import { resolve } from '../../naming/resolve.ts';
import { inScope, notSeen, scopeWords } from '../../scope.ts';
import { agoOf, stretchIn } from '../../time-words.ts';

const most = 20;
const longest = 160;

function lastOf({ last = '' }: ClusterEvent): number {
  return Date.parse(last) || 0;
}

/** Events and warnings: of X, in a namespace, since a time. */
export const eventsOf: Intent = {
  name: 'events-of',
  example: 'show the events of web',
  patterns: [
    /^(?:show(?: me)?|list|which|what)?(?: is| are)?(?: the)? ?(?<often>noisiest|loudest|most (?:frequent|common|repeated|noisy)|top(?: \d+)?)(?: noisiest| most frequent)? (?:events?|(?<warnings>warnings?))(?<rest>(?: (?:of|for|on|about|from|in|since)\b.*)?)$/i,
    /^(?:show(?: me)?|get|list|print|what|which|how many|give me|are there|is there|were there|any|do (?:i|we|you) (?:have|see))?(?: (?:are|were|is))?(?: any| all)?(?: the)? ?(?:last |latest |recent |new )?(?<type>warning |normal )?(?:kubernetes |k8s )?(?:events?|(?<warnings>warnings?))(?: (?:are there|were there|happened|occurred|fired|logged))?(?<rest>(?: (?:of|for|on|about|from|in|since|after|before|between|during|within|today|yesterday|at|around|last|over)\b.*)?)$/i,
  ],
  answer: (caught, context) => {
    const { snapshot } = context;
    const time = stretchIn(caught('rest'), snapshot.now);
    const words = (time?.rest ?? caught('rest'))
      .trim()
      .replace(/^(?:of|for|on|about|from|in|since|within|during|over)\b\s*/i, '')
      .replace(/^(?:the )?(?:cluster|last)$/i, '');
    const found = words === '' ? undefined : resolve(context, words);
    if (found !== undefined && 'reply' in found) return found.reply;
    const blind = notSeen(context, 'Event');
    if (blind !== undefined) return blind;
    const refs = found?.objects ?? [];
    const own = new Set(refs.flatMap((ref) => [ref, ...ownedTree(snapshot, ref)]).map(refKey));
    const onlyWarnings = caught('warnings') !== '' || /warning/i.test(caught('type'));
    const isByCount = caught('often') !== '';
    const events = inScope(context, 'Event')
      .filter(
        (event) => (own.size === 0 || own.has(refKey(event.object))) && (!onlyWarnings || event.type === 'Warning'),
      )
      .filter((event) => time === undefined || (lastOf(event) >= time.from && lastOf(event) <= time.until))
      .toSorted((a, b) => (isByCount ? b.count - a.count : 0) || lastOf(b) - lastOf(a));
    const [order, others] = isByCount ? ['the most frequent', 'rarer'] : ['the newest', 'older'];
    const what = `${onlyWarnings ? 'warning' : 'event'}`;
    const of = `${refs.length === 0 ? scopeWords(context) : ` of ${namesOf(refs)}`}${time === undefined ? '' : ` ${time.words}`}`;
    const objects = [...refs];
    if (events.length === 0) {
      return { headline: `No ${what} is kept${of}. A cluster keeps events for about an hour.`, objects };
    }
    const rows = events
      .slice(0, most)
      .map((event) => [
        agoOf(context, event.last),
        event.type,
        `${event.reason}${event.count > 1 ? ` ×${event.count}` : ''}`,
        refText(event.object),
        oneLine(redact(event.message), longest),
      ]);
    return {
      headline: `${counted(events.length, what)}${of}, ${order} first.`,
      table: { columns: ['when', 'type', 'reason', 'object', 'message'], rows },
      lines: events.length > most ? [`${events.length - most} ${others} ones are left out.`] : [],
      objects,
    };
  },
};
