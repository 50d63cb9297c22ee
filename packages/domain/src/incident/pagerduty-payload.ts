import { z } from 'zod';

const Reference = z.object({
  id: z.string().max(100).default(''),
  summary: z
    .string()
    .nullish()
    .transform((text) => text ?? ''),
});

/** An incident of PagerDuty as its webhooks show it. */
const PagerDutyIncident = z.object({
  type: z.literal('incident'),
  id: z.string().min(1).max(100),
  status: z.enum(['triggered', 'acknowledged', 'resolved']),
  title: z.string().default(''),
  created_at: z.string().max(100).default(''),
  urgency: z.enum(['high', 'low']).default('high'),
  priority: Reference.nullish(),
  service: Reference.nullish(),
});

/**
 * What a webhook subscription of PagerDuty posts, version 3. Of events that are about an incident the incident is read;
 * others, and unknown fields, are ignored. https://developer.pagerduty.com/docs/webhooks-overview
 */
export const PagerDutyPayload = z.object({
  event: z.object({
    id: z.string().min(1).max(200),
    event_type: z.string().min(1).max(100),
    resource_type: z.string().max(100).default(''),
    occurred_at: z.string().max(100).default(''),
    agent: z
      .object({
        id: z.string().max(100).default(''),
        type: z.string().max(100).default(''),
        summary: z
          .string()
          .nullish()
          .transform((text) => text ?? ''),
      })
      .nullish()
      .describe('who or what did it'),
    data: z.union([PagerDutyIncident, z.object({}).transform(() => undefined)]).nullish(),
  }),
});
export type PagerDutyPayload = z.infer<typeof PagerDutyPayload>;
