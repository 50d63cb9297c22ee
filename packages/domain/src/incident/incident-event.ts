import { z } from 'zod';
import { Actor } from '../change/actor.ts';
import { Confidence } from '../diagnosis.ts';
import { ObjectRef } from '../object-ref-contract.ts';

/** Bounds of what an incident keeps, in characters and in entries; longer texts are cut before they come here. */
export const incidentBounds = {
  title: 200,
  text: 2000,
  key: 300,
  alerts: 1000,
  causes: 10,
  links: 100,
  tasks: 100,
  responders: 50,
  services: 50,
  told: 200,
  timeline: 2000,
} as const;

/** How bad it is for the people who use the service: 1 is the worst. */
export const IncidentSeverity = z.enum(['sev1', 'sev2', 'sev3', 'sev4']);
export type IncidentSeverity = z.infer<typeof IncidentSeverity>;

/** `commander` decides, `communicator` tells others; there is one of each. Responders are many. */
export const IncidentRole = z.enum(['commander', 'communicator', 'responder']);
export type IncidentRole = z.infer<typeof IncidentRole>;

const text = z.string().max(incidentBounds.text);
const key = z.string().max(incidentBounds.key);

/** One alert as its last notice had it. Text is redacted and cut. Times are ISO 8601, empty when not known. */
export const IncidentAlert = z.strictObject({
  fingerprint: key.describe('tells alerts apart: Alertmanager makes it of the labels'),
  name: z.string().max(incidentBounds.title),
  state: z.enum(['firing', 'resolved']),
  severity: IncidentSeverity,
  startsAt: z.string(),
  endsAt: z.string(),
  summary: text,
  labels: z.record(z.string(), z.string()),
});
export type IncidentAlert = Readonly<z.infer<typeof IncidentAlert>>;

/** A cause as Jamie saw it, short enough to be kept. */
export const IncidentCause = z.strictObject({
  key: key.describe('the same for the same cause: `pod.image.not-found Deployment/shop/web`'),
  code: z.string(),
  title: z.string().max(incidentBounds.title),
  object: ObjectRef,
  confidence: Confidence,
  cause: text.describe('one sentence'),
  impact: text.describe('who notices; empty when nothing is known'),
  began: text.describe('the change that it began with; empty when none is known'),
  beganAt: z.string().optional().describe('when that change was made'),
  since: z.string(),
  nextSteps: z.array(text).max(10),
});
export type IncidentCause = Readonly<z.infer<typeof IncidentCause>>;

/** Somebody in an incident: the account that was used, and whose it is. */
export const IncidentPerson = z.strictObject({
  account: z.string(),
  person: z.string().describe('id of the linked person; empty when none is linked'),
  name: z.string(),
});
export type IncidentPerson = Readonly<z.infer<typeof IncidentPerson>>;

const at = {
  time: z.string(),
  actor: Actor.describe('who says or does it'),
  call: z.string().max(100).optional().describe('that it came of: the same call again adds nothing'),
};
const alerts = z.array(IncidentAlert).max(incidentBounds.alerts);

/**
 * One fact of an incident, with who says it. An incident is nothing but its events.
 * `groupKey` is Alertmanager's; `cause` is the key of what is wrong; empty: none.
 */
export const IncidentEvent = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('opened'),
    ...at,
    idempotencyKey: z.string(),
    origin: z.enum(['alert', 'watch', 'person', 'heartbeat']),
    title: z.string().max(incidentBounds.title),
    severity: IncidentSeverity,
    groupKey: key,
    causes: z.array(IncidentCause).max(incidentBounds.causes),
    alerts,
  }),
  z.strictObject({
    type: z.literal('alerts-told'),
    ...at,
    groupKey: key,
    alerts,
    left: z.int().min(0).describe('alerts that the sender left out'),
  }),
  z.strictObject({ type: z.literal('reopened'), ...at, why: text }),
  z.strictObject({
    type: z.literal('diagnosed'),
    ...at,
    summary: text,
    causes: z
      .array(IncidentCause)
      .max(incidentBounds.causes)
      .describe('what explains the alerts, or lasts; the worst first'),
  }),
  z.strictObject({
    type: z.literal('fix-sought'),
    ...at,
    cause: key,
    change: z.string().max(100).describe('that was proposed without anybody asking; empty: none could be'),
    says: text.describe('what it would do, or why there is none'),
  }),
  z.strictObject({ type: z.literal('cause-gone'), ...at, cause: key }),
  z.strictObject({ type: z.literal('merged'), ...at, into: z.string(), why: text }),
  z.strictObject({
    type: z.literal('absorbed'),
    ...at,
    id: z.string(),
    groupKeys: z.array(key).max(incidentBounds.alerts),
    causes: z.array(IncidentCause).max(incidentBounds.causes),
    alerts,
  }),
  z.strictObject({ type: z.literal('assigned'), ...at, role: IncidentRole, to: IncidentPerson }),
  z.strictObject({ type: z.literal('severity-set'), ...at, severity: IncidentSeverity, why: text }),
  z.strictObject({
    type: z.literal('state-set'),
    ...at,
    state: z.enum(['investigating', 'mitigating', 'monitoring']),
    why: text,
  }),
  z.strictObject({ type: z.literal('said'), ...at, text }),
  z.strictObject({
    type: z.literal('linked'),
    ...at,
    title: z.string().max(incidentBounds.title),
    target: text.describe('a change (`chg-…`) or an https address'),
  }),
  z.strictObject({ type: z.literal('task-added'), ...at, text }),
  z.strictObject({ type: z.literal('task-done'), ...at, task: z.int().min(1) }),
  z.strictObject({ type: z.literal('acknowledged'), ...at }),
  z.strictObject({
    type: z.literal('escalated'),
    ...at,
    policy: z.string().max(100),
    step: z.int().min(1),
    round: z.int().min(0).describe('how often all steps were gone through before'),
    to: z.array(IncidentPerson).max(incidentBounds.responders),
    why: text.describe('empty, or why somebody could not be found'),
  }),
  z.strictObject({ type: z.literal('silenced'), ...at, until: z.string(), why: text }),
  z.strictObject({ type: z.literal('unsilenced'), ...at, why: text }),
  z.strictObject({ type: z.literal('update-due'), ...at, since: z.string().describe('when something was said last') }),
  z.strictObject({
    type: z.literal('customers-told'),
    ...at,
    text: text.describe('for those who use the service; nothing of the inside'),
  }),
  z.strictObject({
    type: z.literal('services-set'),
    ...at,
    services: z.array(z.string().max(incidentBounds.title)).max(incidentBounds.services),
  }),
  z.strictObject({ type: z.literal('resolved'), ...at, why: text }),
  z.strictObject({ type: z.literal('reviewed'), ...at, why: text }),
]);
export type IncidentEvent = Readonly<z.infer<typeof IncidentEvent>>;

const ends: readonly IncidentEvent['type'][] = ['resolved', 'reviewed', 'merged'];

/** Whether nothing is to be done for an incident after this event. It may return, and people may still add to it. */
export function endsIncident(event: IncidentEvent): boolean {
  return ends.includes(event.type);
}
