import { finalStates } from '@autodevops/domain/change/change';
import type { Change } from '@autodevops/domain/change/change';
import type { MessagePlace } from '@autodevops/domain/ports/bot-store';
import type { Shown } from '../following/following.ts';
import { changeCard } from '../rendering/change/change-card.ts';
import { incidentOfChange } from './belonging.ts';
import type { Belonging } from './belonging.ts';
import { incidentChannel, mayBeSaid } from './incident-channel.ts';
import { keptNote } from './kept-note.ts';
import { messageKeys } from './message-keys.ts';
import { hasOutcome, outcomeMessage } from './outcome-message.ts';
import { mostLooks } from './thread-desk.ts';
import type { ThreadDesk } from './thread-desk.ts';
import { ChangeNote, changeNoteName, ThreadNote, threadNoteName } from './thread-note.ts';
import { wanted } from './wanted.ts';

/** In milliseconds: who proposes for an incident may say so just afterwards. */
const mayBeLinked = 5000;

/** By itself in the incidents' channel: a proposal that waits for people has to be seen by those who may say yes. */
async function placeAlone(
  { state, createdAt }: Change,
  desk: ThreadDesk,
  signal: AbortSignal,
): Promise<MessagePlace | undefined> {
  if (state !== 'waiting' || desk.clock.now() - Date.parse(createdAt) < mayBeLinked) return undefined;
  return await incidentChannel(desk, signal);
}

/** Where its card stands already, else the thread of its incident; undefined where it has no place. */
async function placeOf(
  change: Change,
  incident: string,
  mayStandAlone: boolean,
  desk: ThreadDesk,
  signal: AbortSignal,
): Promise<MessagePlace | undefined> {
  const { customer, store } = desk;
  const standing = await store.messages.byKey(messageKeys.card(customer, change.id));
  if (standing !== undefined) return standing.customer === customer ? standing.place : undefined;
  if (incident === '') return mayStandAlone ? await placeAlone(change, desk, signal) : undefined;
  const thread = (await keptNote(store.notes, customer, threadNoteName(incident), ThreadNote)).value;
  return thread === undefined ? undefined : { ...thread.place, parent: messageKeys.root(customer, incident) };
}

/** Where what belongs to a card is said: in the thread that it stands in, or that it begins. */
function threadOfCard(id: string, place: MessagePlace, { customer }: ThreadDesk): MessagePlace {
  return place.parent === undefined && place.threadTs === undefined
    ? { ...place, parent: messageKeys.card(customer, id) }
    : place;
}

/** What became of a look: the change, and whether it has a card. */
export interface ShownChange {
  readonly change: Change;
  readonly hasCard: boolean;
  readonly shown: Shown;
}

export interface KnownIncidents {
  readonly cluster: string;
  readonly incidents: readonly Belonging[];
  /** All that go on are known: what belongs to none of them may have a card by itself. */
  readonly isComplete: boolean;
}

/** Wants the card of a change as it is now, where it stands or in the thread of its incident. */
export async function showChange(
  id: string,
  { cluster, incidents, isComplete: mayStandAlone }: KnownIncidents,
  desk: ThreadDesk,
  signal: AbortSignal,
): Promise<ShownChange> {
  const { customer, agent, store } = desk;
  for (let look = 1; ; look += 1) {
    const change = await agent.change({ params: { id } }, { signal });
    const shown: Shown = { updatedAt: change.updatedAt, also: [] };
    const kept = await keptNote(store.notes, customer, changeNoteName(id), ChangeNote);
    const known = kept.value?.incident ?? '';
    const incident = known === '' ? (incidentOfChange(change, incidents) ?? '') : known;
    const place = await placeOf(change, incident, mayStandAlone, desk, signal);
    // One that is not decided yet is about to be: its card would be changed at once. One that waits is looked at again.
    if (place === undefined || change.state === 'proposed') {
      return { change, hasCard: false, shown: change.state === 'waiting' ? { ...shown, updatedAt: '' } : shown };
    }
    if (!(await mayBeSaid(place, customer, store.channels))) {
      return { change, hasCard: false, shown: { ...shown, updatedAt: '' } };
    }
    await kept.put({ incident, isOver: finalStates.includes(change.state), updatedAt: change.updatedAt });
    await store.messages.want([
      wanted(messageKeys.card(customer, id), customer, place, changeCard(change, { cluster })),
      ...(hasOutcome(change)
        ? [wanted(messageKeys.outcome(customer, id), customer, threadOfCard(id, place, desk), outcomeMessage(change))]
        : []),
    ]);
    const after = await agent.change({ params: { id } }, { signal });
    // What Jamie found has a button to propose again once this has ended.
    const also = incident !== '' && finalStates.includes(change.state) ? [incident] : [];
    if (after.sequence === change.sequence || look >= mostLooks) {
      return { change, hasCard: true, shown: { ...shown, also } };
    }
  }
}
