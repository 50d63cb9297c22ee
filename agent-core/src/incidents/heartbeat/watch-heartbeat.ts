import type { Actor } from '@autodevops/domain/change/actor';
import type { Settings } from '@autodevops/domain/ports/store';
import { timeOf } from '../../changes/surroundings.ts';
import { Heartbeat, heartbeatDue, heartbeatSetting } from './heartbeat.ts';
import type { HeartbeatRules } from './heartbeat.ts';
import { alone } from '../incident-desk.ts';
import type { IncidentDesk } from '../incident-desk.ts';
import { appendIncidentEvents, ongoingIncidents } from '../incident-journal.ts';

async function lastBeat(settings: Settings): Promise<Heartbeat | undefined> {
  return Heartbeat.safeParse(await settings.get(heartbeatSetting)).data;
}

/** Keeps that the heartbeat came, or that it said itself that it stopped. */
export async function noteHeartbeat(came: boolean, { store: { settings }, clock }: IncidentDesk): Promise<void> {
  const before = await lastBeat(settings);
  const beat: Heartbeat = came
    ? { last: timeOf(clock), stopped: false }
    : { last: before?.last ?? timeOf(clock), stopped: true };
  await settings.put(heartbeatSetting, beat, []);
}

/** Opens the incident of a heartbeat that stays away; resolves it when it is back. Gives the id that it opened. */
export async function watchHeartbeat(
  rules: HeartbeatRules,
  sender: Actor,
  signal: AbortSignal,
  desk: IncidentDesk,
): Promise<string | undefined> {
  const {
    store: { incidents: journal, settings },
    clock,
    jamie,
  } = desk;
  // Nobody takes turns for nothing.
  if ((await lastBeat(settings)) === undefined) return undefined;
  return await alone(desk, signal, async (fence) => {
    const beat = await lastBeat(settings);
    const { opens, ends } = heartbeatDue(beat, await ongoingIncidents(journal), rules, clock.now());
    const time = timeOf(clock);
    if (ends !== undefined) {
      await appendIncidentEvents(
        journal,
        {
          id: ends.id,
          before: ends,
          events: [{ type: 'resolved', time, actor: sender, why: `${rules.alert} came again.` }],
        },
        fence,
      );
    }
    if (!opens) return undefined;
    const id = desk.newId();
    const title = `Monitoring is silent: ${rules.alert} came last at ${beat?.last ?? ''}`;
    await appendIncidentEvents(
      journal,
      {
        id,
        before: undefined,
        events: [
          {
            type: 'opened',
            time,
            actor: jamie,
            idempotencyKey: `heartbeat ${id}`,
            origin: 'heartbeat',
            title,
            severity: 'sev2',
            groupKey: '',
            causes: [],
            alerts: [],
          },
        ],
      },
      fence,
    );
    return id;
  });
}
