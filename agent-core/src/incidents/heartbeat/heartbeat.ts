import type { Incident } from '@autodevops/domain/incident/incident';
import { isOngoing } from '@autodevops/domain/incident/incident';
import { z } from 'zod';

/** Under this name every process finds it in the settings. */
export const heartbeatSetting = 'incident-heartbeat';

/** When the heartbeat of monitoring came last (ISO 8601), and whether it said itself that it stopped. */
export const Heartbeat = z.strictObject({ last: z.string(), stopped: z.boolean() });
export type Heartbeat = Readonly<z.infer<typeof Heartbeat>>;

export interface HeartbeatRules {
  /** Name of the alert that fires while monitoring lives. */
  readonly alert: string;
  /** In milliseconds: a silence that is longer is an incident. Longer than Alertmanager's `repeat_interval` of that route. */
  readonly silence: number;
}

export interface HeartbeatDue {
  readonly opens: boolean;
  /** The incident of its absence, when it is back. */
  readonly ends: Incident | undefined;
}

/** Whether the heartbeat's absence is an incident, or no longer one. Before the first beat nobody waits for one. */
export function heartbeatDue(
  beat: Heartbeat | undefined,
  incidents: readonly Incident[],
  { silence }: HeartbeatRules,
  now: number,
): HeartbeatDue {
  const known = incidents.find((incident) => incident.origin === 'heartbeat' && isOngoing(incident));
  if (beat === undefined) return { opens: false, ends: undefined };
  const absent = beat.stopped || now - Date.parse(beat.last) > silence;
  return { opens: absent && known === undefined, ends: absent ? undefined : known };
}
