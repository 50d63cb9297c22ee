import { z } from 'zod';

const Words = z.record(z.string(), z.string());
const Sent = z.object({
  status: z.enum(['firing', 'resolved']),
  labels: Words.default({}),
  annotations: Words.nullish().transform((words) => words ?? {}),
  startsAt: z.string().max(100).default(''),
  endsAt: z.string().max(100).default(''),
  fingerprint: z.string().max(1000).default(''),
});

/**
 * What a webhook contact point of Grafana's alerting posts. Unknown fields are ignored.
 * https://grafana.com/docs/grafana/latest/alerting/configure-notifications/manage-contact-points/integrations/webhook-notifier/
 */
export const GrafanaPayload = z.object({
  version: z.literal('1'),
  orgId: z.int().default(0),
  groupKey: z.string().min(1),
  status: z.enum(['firing', 'resolved']),
  truncatedAlerts: z.int().min(0).default(0),
  alerts: z.array(Sent),
});
export type GrafanaPayload = z.infer<typeof GrafanaPayload>;
