import { z } from 'zod';
import { IncidentAlert, IncidentCause, IncidentPerson, IncidentSeverity } from './incident-event.ts';

export const IncidentState = z.enum(['open', 'investigating', 'mitigating', 'monitoring', 'resolved', 'reviewed', 'merged']);
export type IncidentState = z.infer<typeof IncidentState>;

/** A fact of the timeline, with where it is from. */
export const TimelineRow = z.strictObject({
  time: z.string(),
  source: z.string().describe('who says it: a person, Alertmanager, Jamie'),
  says: z.string().describe('one sentence'),
});
export type TimelineRow = Readonly<z.infer<typeof TimelineRow>>;

const seconds = z.int().min(0).optional();

/** In whole seconds from when the incident was opened; absent while it has not come to that. */
export const IncidentMetrics = z.strictObject({
  toAcknowledge: seconds.describe('until a person took it up'),
  toCause: seconds.describe('until a cause was known'),
  toMitigate: seconds.describe('until it was only watched, or over'),
  toResolve: seconds.describe('until it was over, the last time'),
});
export type IncidentMetrics = Readonly<z.infer<typeof IncidentMetrics>>;

/** An incident as people see it. Times are ISO 8601 in UTC; `id` is `inc-` and 12 letters or digits. */
export const Incident = z.strictObject({
  id: z.string(),
  state: IncidentState,
  title: z.string(),
  severity: IncidentSeverity,
  origin: z.enum(['alert', 'watch', 'person', 'heartbeat']),
  openedAt: z.string(),
  updatedAt: z.string(),
  resolvedAt: z.string().describe('empty while it is not over'),
  groupKeys: z.array(z.string()).describe('of Alertmanager: what it groups its alerts by'),
  alerts: z.array(IncidentAlert),
  alertsLeft: z.int().min(0).describe('alerts that are not listed, because there are too many'),
  causes: z.array(IncidentCause).describe('as Jamie saw them last, the worst first'),
  causesSeen: z.array(z.string()).describe('keys of all causes that it ever had'),
  goneCauses: z.array(z.string()).describe('keys of causes that are no longer seen'),
  summary: z.string().describe('what Jamie said last; empty until she looked'),
  commander: IncidentPerson.optional(),
  communicator: IncidentPerson.optional(),
  responders: z.array(IncidentPerson),
  tasks: z.array(z.strictObject({ number: z.int().min(1), text: z.string(), done: z.boolean() })),
  links: z.array(z.strictObject({ title: z.string(), target: z.string() })),
  mergedInto: z.string().describe('id of the incident that took its place; empty otherwise'),
  returns: z.int().min(0).describe('how often it came back'),
  metrics: IncidentMetrics,
  timeline: z.array(TimelineRow).describe('oldest first; the newest where there are too many'),
  sequence: z.int().min(1).describe('how many events its journal holds'),
});
export type Incident = Readonly<z.infer<typeof Incident>>;

/** Whether somebody has to look after it. */
export function isOngoing({ state }: Pick<Incident, 'state'>): boolean {
  return state !== 'resolved' && state !== 'reviewed' && state !== 'merged';
}
