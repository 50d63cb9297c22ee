import type { Incident } from '@autodevops/domain/incident/incident';
import type { Shown, StirredAgain } from '../following/following.ts';
import { incidentChannel, mayBeSaid } from './incident-channel.ts';
import { keptNote } from './kept-note.ts';
import { messageKeys } from './message-keys.ts';
import { noteOfThread } from './note-of-thread.ts';
import { mostLooks } from './thread-desk.ts';
import type { ThreadDesk } from './thread-desk.ts';
import { newThread, ThreadNote, threadNoteName } from './thread-note.ts';
import { threadOf } from './thread-of.ts';
import type { ToldSeries } from './told-series.ts';

/** Whether the last message of a series stands in Slack. */
async function isPosted(
  { count }: ToldSeries,
  key: (number: number) => string,
  { store: { messages } }: ThreadDesk,
): Promise<boolean> {
  return count > 0 && ((await messages.byKey(key(count)))?.ts ?? '') !== '';
}

/** The thread of the incident that this one became part of; a link that cannot be had is none. */
async function linkToOther(
  { mergedInto }: Incident,
  { customer, store: { messages }, permalink }: ThreadDesk,
  signal: AbortSignal,
): Promise<string> {
  const root = mergedInto === '' ? undefined : await messages.byKey(messageKeys.root(customer, mergedInto));
  if (root === undefined || root.ts === '' || root.customer !== customer) return '';
  const { app, team, channel } = root.place;
  return await permalink({ app, team, channel, ts: root.ts }, signal).catch(() => '');
}

async function placeFor(
  note: ThreadNote | undefined,
  desk: ThreadDesk,
  signal: AbortSignal,
): Promise<ThreadNote['place'] | undefined> {
  if (note === undefined) return await incidentChannel(desk, signal);
  return (await mayBeSaid(note.place, desk.customer, desk.store.channels)) ? note.place : undefined;
}

async function looked(note: ThreadNote, incident: Incident, desk: ThreadDesk): Promise<ThreadNote> {
  const { customer } = desk;
  const [steps, calls, reminders] = await Promise.all([
    isPosted(note.steps, (number) => messageKeys.step(customer, incident.id, number), desk),
    isPosted(note.calls, (number) => messageKeys.call(customer, incident.id, number), desk),
    isPosted(note.reminders, (number) => messageKeys.reminder(customer, incident.id, number), desk),
  ]);
  return noteOfThread(note, incident, { steps, calls, reminders });
}

/** In milliseconds: how long a new thread waits for Jamie, who looks at the same time; and between two looks at her, however much happens. */
const forJamie = 800;
const betweenLooks = 50;

/** What showing leans on. */
export interface ShowingIncident {
  readonly cluster: string;
  readonly desk: ThreadDesk;
  readonly stirredAgain: StirredAgain;
}

/**
 * The incident as it is. A thread that is about to open waits a moment for what Jamie sees: the first message people
 * are called by says the cause then, and nothing has to be changed in it just afterwards.
 */
async function lookedAt(
  id: string,
  isNew: boolean,
  { desk: { agent, clock }, stirredAgain }: ShowingIncident,
  signal: AbortSignal,
): Promise<Incident> {
  let incident = await agent.incident({ params: { id } }, { signal });
  const end = clock.now() + forJamie;
  const awaitsJamie = (): boolean =>
    isNew && incident.state === 'open' && incident.origin === 'alert' && incident.summary === '' && clock.now() < end;
  for (let looks = 0; awaitsJamie() && !signal.aborted; looks += 1) {
    if (looks > 0) await clock.wait(betweenLooks, signal);
    await stirredAgain(end - clock.now());
    incident = await agent.incident({ params: { id } }, { signal });
  }
  return incident;
}

/** What became of a look: the incident as it was shown, or undefined where nothing may be said. */
export interface ShownIncident {
  readonly incident: Incident | undefined;
  readonly shown: Shown;
}

const nothing: ShownIncident = { incident: undefined, shown: { updatedAt: '', also: [] } };

/**
 * Wants in Slack what is to be seen of an incident now. The note is put before the messages are wanted: who dies between
 * the two wants the same ones again. Looks once more when it changed meanwhile, so that nothing older is left standing.
 */
export async function showIncident(id: string, showing: ShowingIncident, signal: AbortSignal): Promise<ShownIncident> {
  const { cluster, desk } = showing;
  const { customer, agent, store } = desk;
  for (let look = 1; ; look += 1) {
    const kept = await keptNote(store.notes, customer, threadNoteName(id), ThreadNote);
    const place = await placeFor(kept.value, desk, signal);
    if (place === undefined) return nothing;
    const incident = await lookedAt(id, kept.value === undefined, showing, signal);
    const note = await looked(kept.value ?? newThread(place), incident, desk);
    await kept.put(note);
    const link = await linkToOther(incident, desk, signal);
    await store.messages.want(threadOf({ customer, cluster, incident, note, linkToOther: link }));
    const after = await agent.incident({ params: { id } }, { signal });
    // The other thread may not stand yet: then this one is looked at again, to lead there.
    const isWhole = incident.mergedInto === '' || link !== '';
    if (after.sequence === incident.sequence || look >= mostLooks) {
      return { incident, shown: { updatedAt: isWhole ? incident.updatedAt : '', also: [] } };
    }
  }
}
