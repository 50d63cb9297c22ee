import { z } from 'zod';

/** One alert of Alertmanager's API v2 (`GET /api/v2/alerts`). Unknown fields are ignored. */
export const Alert = z.object({
  labels: z.record(z.string(), z.string()).default({}),
  annotations: z.record(z.string(), z.string()).default({}),
  startsAt: z.string().default(''),
  endsAt: z.string().default(''),
  status: z.object({ state: z.string().default('active') }).default({ state: 'active' }),
});
export type Alert = z.infer<typeof Alert>;

/** One series of a Prometheus `query_range` answer. Times are Unix seconds; values are finite or NaN. */
export interface Series {
  /** Where it came from: the query, or the file's name in a bundle. */
  readonly query: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly points: readonly (readonly [time: number, value: number])[];
}
