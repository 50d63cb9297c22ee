import { z } from 'zod';
import { IncidentAlert, IncidentCause, IncidentPerson, IncidentSeverity } from './incident-event.ts';

/** Where an incident stands. `merged`: another one goes on with it. */
export const IncidentState = z.enum([
  'open',
  'investigating',
  'mitigating',
  'monitoring',
  'resolved',
  'reviewed',
  'merged',
]);
export type IncidentState = z.infer<typeof IncidentState>;

/** A fact of the timeline, with where it is from. */
export const TimelineRow = z.strictObject({
  number: z
    .int()
    .min(0)
    .describe("of the event in the incident's journal, the same for ever; 0 for what the journal of a change tells"),
  type: z
    .string()
    .describe(
      'of the event: `opened`, `diagnosed`, `said`; `change-proposed`, `change-agreed` and `change-ended` of a change that is for it',
    ),
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

/** Somebody who was told by an escalation. */
export const ToldPerson = z.strictObject({
  to: IncidentPerson,
  at: z.string(),
  answeredAt: z.string().describe('when that person did something for the incident; empty until then'),
});
export type ToldPerson = Readonly<z.infer<typeof ToldPerson>>;

/** How far an escalation went. It begins anew when the incident returns. */
export const IncidentEscalation = z.strictObject({
  policy: z.string(),
  step: z.int().min(1).describe('that was done last'),
  round: z.int().min(0).describe('how often all steps were gone through before'),
  at: z.string().describe('when that step was done'),
  reached: z.boolean().describe('whether that step found anybody to tell'),
  told: z.array(ToldPerson).describe('the one told first first; each person once'),
});
export type IncidentEscalation = Readonly<z.infer<typeof IncidentEscalation>>;

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
  fixes: z
    .array(z.strictObject({ cause: z.string(), change: z.string(), says: z.string() }))
    .optional()
    .describe(
      'what Scarlet proposed of herself, by cause, since it was opened the last time; `change` is empty where nothing could be proposed',
    ),
  commander: IncidentPerson.optional(),
  communicator: IncidentPerson.optional(),
  responders: z.array(IncidentPerson),
  tasks: z.array(z.strictObject({ number: z.int().min(1), text: z.string(), done: z.boolean() })),
  links: z.array(z.strictObject({ title: z.string(), target: z.string() })),
  panels: z
    .array(
      z.strictObject({
        title: z.string(),
        link: z.url({ protocol: /^https?$/ }),
        isPanel: z.boolean().describe('one panel, of which there may be a picture'),
      }),
    )
    .optional()
    .describe('of Grafana, where its causes can be seen; of one incident alone, never in a list'),
  services: z
    .array(z.string())
    .optional()
    .describe('that people say are affected, by the names that those who use them know'),
  acknowledged: z
    .strictObject({ by: IncidentPerson, at: z.string() })
    .optional()
    .describe('who took it up first, since it was opened the last time; absent until then'),
  escalation: IncidentEscalation.optional().describe('absent while nobody had to be told'),
  silence: z
    .strictObject({ until: z.string(), by: IncidentPerson, why: z.string() })
    .optional()
    .describe('until then nobody is told and nothing is due; absent when nobody wants that'),
  ongoingSince: z.string().optional().describe('when it was opened, the last time'),
  lastWordAt: z.string().optional().describe('when a person said how it stands, or when it was opened'),
  updateDueSince: z.string().optional().describe('since when a status update is due; absent while none is'),
  customers: z
    .strictObject({ says: z.string(), by: IncidentPerson, at: z.string() })
    .optional()
    .describe('what people said for those who use the service'),
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
