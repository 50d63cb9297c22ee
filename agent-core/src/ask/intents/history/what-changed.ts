import { counted } from '@autodevops/domain/count-words';
import { formatDuration } from '@autodevops/domain/duration';
import type { KindName } from '@autodevops/domain/kubernetes/kinds';
import { refKey, refText } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import { ownedTree } from '../../../graph/graph.ts';
import { neighbourhood } from '../../../jamie/causes/focus.ts';
import { timeline } from '../../../timeline/timeline.ts';
import { namesOf } from '../../naming/names.ts';
import type { AskContext, Intent, Reply } from '../../intent.ts';
import { kindFromWords } from '../../naming/phrase.ts';
import { resolve } from '../../naming/resolve.ts';
import { scopeWords } from '../../scope.ts';
import { agoOf, stretchIn } from '../../time-words.ts';

const most = 25;
const minute = 60_000;
const usual = 60 * minute;
const rolloutWords =
  /(?:since |after |before |with )?(?:the |its |their )?(?:last|latest|previous|newest|most recent) (?:rollout|roll-out|deployment|deploy|release|revision|update)(?: (?:of|for|to) (?<object>.+))?/i;

/** What stands on each other changes together; `itself`: only the objects, with what they own. */
function within(
  { snapshot, namespace }: AskContext,
  refs: readonly ObjectRef[],
  reach: 'around' | 'itself' = 'around',
): (entry: { readonly object: ObjectRef }) => boolean {
  if (refs.length > 0) {
    const keys =
      reach === 'around'
        ? neighbourhood(snapshot, refs)
        : new Set(refs.flatMap((ref) => [ref, ...ownedTree(snapshot, ref)]).map(refKey));
    return (entry) => keys.has(refKey(entry.object));
  }
  if (namespace === undefined) return () => true;
  return ({ object }) => object.namespace === namespace || (object.kind === 'Namespace' && object.name === namespace);
}

interface Since {
  readonly from: number;
  readonly until: number;
  readonly words: string;
}

interface Told {
  readonly time: string;
  readonly object: ObjectRef;
  readonly what: string;
}

/** What went wrong in that time happened too. */
function beginnings({ diagnosis }: AskContext, isMeant: (entry: Told) => boolean): readonly Told[] {
  return diagnosis.causes
    .map(({ since, object, title }) => ({ time: since, object, what: `trouble: ${title}` }))
    .filter((entry) => !Number.isNaN(Date.parse(entry.time)) && isMeant(entry));
}

function reply(
  context: AskContext,
  refs: readonly ObjectRef[],
  since: Since,
  { troubles, kind }: { readonly troubles: boolean; readonly kind: KindName | undefined },
): Reply {
  const isInside = within(context, refs);
  const isMeant = (entry: { readonly object: ObjectRef }): boolean =>
    isInside(entry) && (kind === undefined || entry.object.kind === kind);
  const changes: readonly Told[] = timeline(context.snapshot, 0).filter(isMeant);
  const inScope = troubles
    ? [...changes, ...beginnings(context, isMeant)].toSorted((a, b) => Date.parse(b.time) - Date.parse(a.time))
    : changes;
  const entries = inScope.filter(
    (entry) => Date.parse(entry.time) >= since.from && Date.parse(entry.time) <= since.until + minute,
  );
  const what =
    refs.length === 0 ? '' : ` to ${namesOf(refs)} or what ${refs.length === 1 ? 'it stands' : 'they stand'} on`;
  const where = refs.length > 0 ? '' : scopeWords(context);
  const common = { objects: [...refs], blindSpots: [...context.diagnosis.blindSpots] };
  const last = inScope[0];
  if (entries.length === 0) {
    const lines =
      last === undefined
        ? []
        : [`The last change that can be seen: ${refText(last.object)}, ${last.what}, ${agoOf(context, last.time)}.`];
    return { headline: `Nothing that can be seen changed${what}${where} ${since.words}.`, lines, ...common };
  }
  const rows = entries.slice(0, most).map((entry) => [agoOf(context, entry.time), refText(entry.object), entry.what]);
  const lines = entries.length > most ? [`${entries.length - most} older changes are left out.`] : [];
  return {
    headline: `${counted(entries.length, 'change')}${what}${where} ${since.words}.`,
    table: { columns: ['when', 'object', 'what'], rows },
    lines,
    ...common,
  };
}

function sinceRollout(context: AskContext, refs: readonly ObjectRef[]): Reply {
  const newest = timeline(context.snapshot, 0)
    .filter(within(context, refs))
    .find((entry) => entry.source === 'revision');
  if (newest === undefined) {
    return {
      headline: 'No rollout can be seen: no Deployment here has more than one revision left.',
      objects: [...refs],
    };
  }
  // Whoever rolled out may have changed the configuration a moment before.
  const from = Date.parse(newest.time) - minute;
  return reply(
    context,
    refs,
    {
      from,
      until: context.snapshot.now,
      words: `since the last rollout (${refText(newest.object)}, ${agoOf(context, newest.time)})`,
    },
    { troubles: false, kind: undefined },
  );
}

/** "When was X last changed?": one time, and what it was. */
function lastOf(context: AskContext, refs: readonly ObjectRef[]): Reply {
  const newest = timeline(context.snapshot, 0).find(within({ ...context, namespace: undefined }, refs, 'itself'));
  if (newest === undefined) return { headline: `No change to ${namesOf(refs)} can be seen.`, objects: [...refs] };
  return {
    headline: `${refText(newest.object)} was changed last ${agoOf(context, newest.time)} (${newest.time}): ${newest.what}.`,
    objects: [...refs],
  };
}

const around =
  /^(?:(?:to|in|of|for|with|on|at|about|around|here|recently|lately|now|exactly|since|the cluster|my cluster|in the cluster)\b\s*)+/i;
/** "Before the api broke": what changed at whatever broke. */
const beforeTrouble =
  /^(?:right |just |shortly )*before (?<object>.+?) (?:broke|failed|crashed|died|stopped|went|started|began|became|got)(?: (?:down|bad|wrong|failing|crashing|breaking|working|unhealthy|to (?:fail|crash|break)))*$/i;
const nothingNamed = /^(?:it|this|that|they|everything|things|all|the (?:incident|outage|trouble|problem))$/i;
const idle =
  /\b(?:has|have|had|been|did|was|were|is|are|got|get|there|any|anyone|anybody|anything|someone|somebody|something|things?|objects?|resources?|that|we|i|you|they|all|the|just|last|recently|lately|new)\b/gi;

function objectWords(text: string): string {
  return text
    .replace(around, '')
    .replace(/\s+(?:recently|lately|here|since|in the cluster|exactly)$/i, '')
    .trim();
}

/** What is left of words before the verb without those that say nothing. */
function spoken(before: string): string {
  return before.replaceAll(idle, ' ').replaceAll(/\s+/g, ' ').trim();
}

/** Names before the verb count where they are names: "was web changed"; the rest of those words says nothing. */
function namedBefore(context: AskContext, before: string): readonly ObjectRef[] {
  const words = spoken(before);
  const found =
    words === '' || kindFromWords(words) !== undefined ? undefined : resolve(context, words.replace(around, ''));
  return found !== undefined && 'objects' in found ? found.objects : [];
}

/** What changed since a time, or since the last rollout; of one object, in a namespace, or anywhere. */
export const whatChanged: Intent = {
  name: 'what-changed',
  example: 'what changed since 1h?',
  patterns: [
    /^when (?:was|were|did|has) (?!.* v?\d[\w.]*(?: |$))(?<last>.+?)(?: been)? (?:last )?(?:changed?|deploy(?:ed)?|updated?|rolled out|roll out|modified|edited|scaled?(?: (?:down|up))?(?: to (?:zero|\d+))?)(?: last)?$/i,
    /^(?:what|which|anything|something|has|have|did|was|were|list|show|any|were there|is there|are there)\b(?<before>.*?)\b(?:changed?|changes|(?<happened>happen(?:ed|s)?|went on|weird|strange|odd|unusual)|deploy(?:ed)?|deployments happened|rolled out|modified|edited|updated?|new)\b(?<rest>.*)$/i,
    /^(?:recent |latest |last )?changes\b(?<rest>.*)$/i,
  ],
  answer: (caught, context) => {
    const said = caught('last') === '' ? caught('rest').trim() : caught('last');
    const broke = beforeTrouble.exec(said)?.groups?.['object'];
    const text = broke === undefined ? said : broke.replace(nothingNamed, '');
    const rollout = rolloutWords.exec(text);
    const { now } = context.snapshot;
    const time = rollout === null ? stretchIn(text, now) : undefined;
    const words = objectWords(
      rollout === null ? (time?.rest ?? text) : (rollout.groups?.['object'] ?? text.replace(rollout[0], ' ')),
    );
    const before = words === '' ? namedBefore(context, caught('before')) : [];
    const found = words === '' ? { objects: before } : resolve(context, words);
    if ('reply' in found) return found.reply;
    const [first] = found.objects;
    const inside = first?.kind === 'Namespace' && found.objects.length === 1 ? first.name : undefined;
    const [scope, refs] = inside === undefined ? [context, found.objects] : [{ ...context, namespace: inside }, []];
    if (caught('last') !== '') return lastOf(scope, refs);
    if (rollout !== null) return sinceRollout(scope, refs);
    return reply(
      scope,
      refs,
      time ?? { from: now - usual, until: now, words: `in the last ${formatDuration(usual)}` },
      { troubles: caught('happened') !== '', kind: kindFromWords(spoken(caught('before'))) },
    );
  },
};
