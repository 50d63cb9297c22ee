import type { TimelineEntry } from '@autodevops/domain/diagnosis';
import { formatDuration } from '@autodevops/domain/duration';
import { refKey, refText } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import { neighbourhood } from '../../jamie/focus.ts';
import { timeline } from '../../timeline/timeline.ts';
import { stretchIn } from '../duration-words.ts';
import { namesOf } from '../health.ts';
import type { AskContext, Intent, Reply } from '../intent.ts';
import { resolve } from '../resolve.ts';
import { counted } from '../words.ts';

const most = 25;
const usual = 3_600_000;
const rolloutWords = /(?:since |after |before |with )?(?:the |its |their )?(?:last|latest|previous|newest|most recent) (?:rollout|roll-out|deployment|deploy|release|revision|update)(?: (?:of|for|to) (?<object>.+))?/i;

function within({ snapshot, namespace }: AskContext, refs: readonly ObjectRef[]): (entry: TimelineEntry) => boolean {
  if (refs.length > 0) {
    const keys = neighbourhood(snapshot, refs);
    return (entry) => keys.has(refKey(entry.object));
  }
  if (namespace === undefined) return () => true;
  return ({ object }) => object.namespace === namespace || (object.kind === 'Namespace' && object.name === namespace);
}

function ago(context: AskContext, time: string): string {
  return `${formatDuration(context.snapshot.now - Date.parse(time))} ago`;
}

function reply(context: AskContext, refs: readonly ObjectRef[], since: { from: number; words: string }): Reply {
  const inScope = timeline(context.snapshot, 0).filter(within(context, refs));
  const entries = inScope.filter((entry) => Date.parse(entry.time) >= since.from);
  const what = refs.length === 0 ? '' : ` to ${namesOf(refs)} or what ${refs.length === 1 ? 'it stands' : 'they stand'} on`;
  const where = context.namespace === undefined || refs.length > 0 ? '' : ` in namespace ${context.namespace}`;
  const common = { objects: [...refs], blindSpots: [...context.diagnosis.blindSpots] };
  const last = inScope[0];
  if (entries.length === 0) {
    const lines = last === undefined ? [] : [`The last change that can be seen: ${refText(last.object)}, ${last.what}, ${ago(context, last.time)}.`];
    return { headline: `Nothing that can be seen changed${what}${where} ${since.words}.`, lines, ...common };
  }
  const rows = entries.slice(0, most).map((entry) => [ago(context, entry.time), refText(entry.object), entry.what]);
  const lines = entries.length > most ? [`${entries.length - most} older changes are left out.`] : [];
  return { headline: `${counted(entries.length, 'change')}${what}${where} ${since.words}.`, table: { columns: ['when', 'object', 'what'], rows }, lines, ...common };
}

function sinceRollout(context: AskContext, refs: readonly ObjectRef[]): Reply {
  const newest = timeline(context.snapshot, 0).filter(within(context, refs)).find((entry) => entry.source === 'revision');
  if (newest === undefined) return { headline: 'No rollout can be seen: no Deployment here has more than one revision left.', objects: [...refs] };
  // Whoever rolled out may have changed the configuration a moment before.
  const from = Date.parse(newest.time) - 60_000;
  return reply(context, refs, { from, words: `since the last rollout (${refText(newest.object)}, ${ago(context, newest.time)})` });
}

function objectWords(text: string): string {
  return text.replace(/^(?:(?:to|in|of|for|with|on|at|about|here|recently|lately|now|exactly|since|the cluster|my cluster|in the cluster)\b\s*)+/i, '').replace(/\s+(?:recently|lately|here|since|in the cluster|exactly)$/i, '').trim();
}

function changesIn(context: AskContext, refs: readonly ObjectRef[], since: { readonly rollout: boolean; readonly milliseconds: number | undefined }): Reply {
  if (since.rollout) return sinceRollout(context, refs);
  const { milliseconds = usual } = since;
  return reply(context, refs, { from: context.snapshot.now - milliseconds, words: `in the last ${formatDuration(milliseconds)}` });
}

/** What changed since a time, or since the last rollout; of one object, in a namespace, or anywhere. */
export const whatChanged: Intent = {
  name: 'what-changed',
  example: 'what changed since 1h?',
  patterns: [
    /^(?:what|who|which|anything|something|has|have|did|was|list|show|any|when did|were there)\b.*?\b(?:changed?|changes|happened|happens|deployed|rolled out|modified|edited|updated|new)\b(?<rest>.*)$/i,
    /^(?:recent |latest |last )?changes\b(?<rest>.*)$/i,
    /^when was (?<rest>.+?) (?:last )?(?:changed|deployed|updated|rolled out|modified|edited)$/i,
  ],
  answer: (caught, context) => {
    const rest = caught('rest').trim();
    const rollout = rolloutWords.exec(rest);
    const time = rollout === null ? stretchIn(rest, context.snapshot.now) : undefined;
    const words = objectWords(rollout === null ? (time?.rest ?? rest) : (rollout.groups?.['object'] ?? rest.replace(rollout[0], ' ')));
    const found = words === '' ? undefined : resolve(context, words);
    if (found !== undefined && 'reply' in found) return found.reply;
    const [first] = found?.objects ?? [];
    const inside = first?.kind === 'Namespace' && found?.objects.length === 1 ? first.name : undefined;
    return changesIn(inside === undefined ? context : { ...context, namespace: inside }, inside === undefined ? (found?.objects ?? []) : [], { rollout: rollout !== null, milliseconds: time?.milliseconds });
  },
};
