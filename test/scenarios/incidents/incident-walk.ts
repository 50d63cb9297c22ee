import { expect } from 'vitest';
import type { Incident } from '../../../packages/domain/src/incident/incident.ts';
import type { IncidentCause } from '../../../packages/domain/src/incident/incident-event.ts';
import type { Message } from '../../../packages/testkit/src/slack/state/messages.ts';
import { patiently } from '../../agent/started-agent.ts';
import { until } from '../../bed/host/wait.ts';
import { contentOf, postedTwice } from '../../bot/incident-thread.ts';
import { keepThreadPicture } from './thread-picture.ts';
import type { MonitoredScene } from './monitored-scene.ts';

/** What Jamie must find: `object` is `Kind/name`. */
interface WantedCause {
  readonly code: string;
  readonly object: string;
  /** Empty: of the whole cluster. */
  readonly namespace: string;
}

/** An incident whose cause stands in its thread. */
interface FoundIncident {
  readonly name: string;
  readonly scene: MonitoredScene;
  readonly root: Message;
  readonly findings: Message;
}

function isCause({ code, object }: IncidentCause, wanted: WantedCause): boolean {
  return (
    code === wanted.code && `${object.kind}/${object.name}` === wanted.object && object.namespace === wanted.namespace
  );
}

function isThere({ state }: Incident): boolean {
  return state !== 'merged';
}

/** What was told instead, for a failure's message. */
function toldOf(incidents: readonly Incident[]): string {
  return incidents
    .map(
      ({ id, state, title, summary, causes, alerts }) =>
        `${id} ${state} "${title}" (${alerts.map(({ name, state: is }) => `${name} ${is}`).join(', ')}): ${summary} ${causes.map(({ key }) => key).join(', ')}`,
    )
    .join('\n');
}

/** A card of its own: that of an incident which became part of it names it too. */
function isRootOf({ metadata }: Message, incident: Incident | undefined): boolean {
  const { key } = metadata?.event_payload ?? {};
  return incident !== undefined && typeof key === 'string' && key.endsWith(`/incident/${incident.id}/root`);
}

/** The incident's card and Jamie's findings, where both say the cause; its thread is looked up anew, since an incident may become part of another. */
async function shown(
  scene: MonitoredScene,
  wanted: WantedCause,
): Promise<Pick<FoundIncident, 'root' | 'findings'> | undefined> {
  const incident = (await scene.incidents()).find(
    (one) => isThere(one) && one.causes[0] !== undefined && isCause(one.causes[0], wanted),
  );
  const title = JSON.stringify(incident?.causes[0]?.title ?? '').slice(1, -1);
  const root = scene.seen.roots().find((message) => isRootOf(message, incident) && contentOf(message).includes(title));
  const findings =
    root === undefined
      ? undefined
      : scene.seen
          .thread(root)
          .find((message) => contentOf(message).includes('show-evidence') && contentOf(message).includes(title));
  return root === undefined || findings === undefined ? undefined : { root, findings };
}

/** Waits until what Jamie must find stands first in an incident and in its thread. */
export async function causeIsFound(
  name: string,
  scene: MonitoredScene,
  wanted: WantedCause,
  seconds = 150,
): Promise<FoundIncident> {
  try {
    const found = await until(
      { for: `${wanted.code} in a thread`, seconds, everyMs: 300 },
      async () => await shown(scene, wanted),
    );
    await keepThreadPicture(`${name}-found`, found.root.ts, scene.bots, scene.at);
    return { name, scene, ...found };
  } catch (error) {
    throw new Error(
      `${String(error)}; there is:\n${toldOf(await scene.incidents())}\nin Slack:\n${scene.seen
        .messages()
        .map(({ text }) => text)
        .join('\n')}\nthe agent says: ${scene.acme.errors().slice(-2000)}`,
      { cause: error },
    );
  }
}

/** Waits until these alerts were told, and Jamie has seen that one cause is behind all that fires. */
export async function allIsOne(
  { relay: { notices }, incidents }: MonitoredScene,
  alerts: readonly string[],
): Promise<void> {
  await until({ for: `${alerts.join(' and ')} in one incident`, seconds: 150, everyMs: 500 }, async () => {
    const told = new Set(notices.flatMap(({ alertNames }) => alertNames));
    return alerts.every((name) => told.has(name)) && (await incidents()).filter(isThere).length === 1;
  });
}

/** Ann has the fix proposed, Bob and Cid agree, it is done and verified. */
export async function twoPeopleAgree({
  name,
  scene: { seen, at, bots },
  root,
  findings,
}: FoundIncident): Promise<void> {
  await seen.click(at.ann, findings, 'run-fix');
  const card = await seen.wait(
    'the proposal',
    (text, { threadTs }) => threadTs === root.ts && text.includes('approve-change'),
    60,
  );
  await keepThreadPicture(`${name}-proposed`, root.ts, bots, at);
  await seen.click(at.bob, card, 'approve-change');
  await seen.wait(
    'the first yes',
    (text, { ts }) => ts === card.ts && text.includes('Bob') && text.includes('agreed'),
    60,
  );
  await seen.click(at.cid, card, 'approve-change');
  await seen.wait(
    'that it was done and verified',
    (text, { ts }) => ts === card.ts && text.includes('Done and verified'),
    240,
  );
}

/** Somebody takes it up, and mends it outside. */
export async function takenUp({ scene: { seen, at }, root }: FoundIncident): Promise<void> {
  await seen.click(at.ann, root, 'acknowledge-incident');
  await seen.wait(
    'who took it up',
    (text, { threadTs }) => threadTs === root.ts && text.includes('Ann') && text.includes('Investigating'),
    60,
  );
}

async function resolved({ scene, root }: FoundIncident, seconds: number): Promise<Incident> {
  let last: readonly Incident[] = [];
  try {
    return await until({ for: 'every incident to be over', seconds, everyMs: 500 }, async () => {
      last = await scene.incidents();
      const own = last.find(({ id, state }) => state === 'resolved' && contentOf(root).includes(id));
      return last.filter(isThere).every(({ state }) => state === 'resolved') ? own : undefined;
    });
  } catch (error) {
    throw new Error(`${String(error)}; there is:\n${toldOf(last)}`, { cause: error });
  }
}

/** Alertmanager says that it is over: the incident is resolved, and its thread has the timeline and the post-mortem. */
export async function isOver(found: FoundIncident, seconds = 180): Promise<Incident> {
  const {
    name,
    scene: { seen, at, bots, acme },
    root,
  } = found;
  const incident = await resolved(found, seconds);
  const over = await seen.wait(
    'that it is over',
    (text, { threadTs }) => threadTs === root.ts && text.includes('Timeline') && text.includes('show-postmortem'),
    60,
  );
  await seen.click(at.ann, over, 'show-postmortem');
  await seen.wait(
    'the post-mortem',
    (_text, { threadTs, files }) =>
      threadTs === root.ts && (files ?? []).some((file) => file.name.startsWith('postmortem-inc-')),
    60,
  );
  await keepThreadPicture(`${name}-over`, root.ts, bots, at);
  expect(postedTwice(seen.messages())).toEqual([]);
  expect(incident.timeline.map(({ type }) => type)).toEqual(
    expect.arrayContaining(['opened', 'diagnosed', 'resolved']),
  );
  expect((await acme.client.incidents({ query: { ongoing: 'true', limit: 100 } }, patiently)).incidents).toEqual([]);
  return incident;
}

/** Threads of incidents that are not part of another one. */
export async function threadsOf({ seen, incidents }: MonitoredScene): Promise<readonly Message[]> {
  const merged = (await incidents()).filter((incident) => !isThere(incident)).map(({ id }) => id);
  return seen
    .roots()
    .filter((root) => !merged.some((id) => contentOf(root).includes(`"${id}`) || contentOf(root).includes(id)));
}

/** In milliseconds, from when Alertmanager posted until something that Jamie found was on its way to Slack. */
export function waitForFinding({ relay: { notices }, bots: { slack } }: MonitoredScene): number {
  const [first] = notices.filter(({ status, incident }) => status === 'firing' && incident !== '');
  if (first === undefined) return Infinity;
  const told = slack.calls.all.find(({ at, args }) => {
    const text = JSON.stringify(args);
    return at >= first.at && text.includes(first.incident) && /\bCause\\*"|show-evidence/.test(text);
  });
  return (told?.at ?? Infinity) - first.at;
}
