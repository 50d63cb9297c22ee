import { z } from 'zod';

const patterns = z.array(z.string().min(1).max(200)).min(1).max(50);

/** A dashboard of Grafana, or one panel of it, on which an incident can be seen. */
export const Dashboard = z.strictObject({
  title: z.string().trim().min(1).max(60).describe('what people are shown'),
  uid: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,40}$/)
    .describe('of its address: /d/UID/...'),
  panel: z
    .int()
    .min(1)
    .optional()
    .describe('one panel alone; it can be shown as a picture where Grafana has a renderer'),
  codes: patterns.optional().describe('only for causes of these codes: `pod.memory.*`; absent: for all'),
  kinds: patterns.optional().describe('only for causes at objects of these kinds; absent: for all'),
  variables: z
    .record(z.string().regex(/^\w{1,60}$/), z.string().max(200))
    .default({})
    .describe('of the dashboard; {namespace}, {name} and {kind} stand for the object of the cause'),
});
export type Dashboard = Readonly<z.infer<typeof Dashboard>>;
