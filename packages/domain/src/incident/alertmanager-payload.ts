import { z } from 'zod';

const Words = z.record(z.string(), z.string());
const Sent = z.object({
  status: z.enum(['firing', 'resolved']),
  labels: Words.default({}),
  annotations: Words.default({}),
  startsAt: z.string().max(100).default(''),
  endsAt: z.string().max(100).default(''),
  fingerprint: z.string().max(1000).default(''),
});

/**
 * What Alertmanager posts to a webhook, version 4. Unknown fields are ignored.
 * https://prometheus.io/docs/alerting/latest/configuration/#webhook_config
 */
export const AlertmanagerPayload = z.object({
  version: z.literal('4'),
  groupKey: z.string().min(1),
  status: z.enum(['firing', 'resolved']),
  truncatedAlerts: z.coerce.number().int().min(0).default(0).describe('alerts that `max_alerts` left out'),
  groupLabels: Words.default({}),
  commonLabels: Words.default({}),
  commonAnnotations: Words.default({}),
  alerts: z.array(Sent),
});
export type AlertmanagerPayload = z.infer<typeof AlertmanagerPayload>;
