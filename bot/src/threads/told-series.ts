import { z } from 'zod';

/** Messages of one kind in a thread, one after the other: how many there are, and what the last one tells. */
export const ToldSeries = z.strictObject({ count: z.int().min(0), told: z.string() });
export type ToldSeries = Readonly<z.infer<typeof ToldSeries>>;

export const nothingTold: ToldSeries = { count: 0, told: '' };

/**
 * The series when this is to be told: another message, unless it was told last. One that never came to Slack gives its
 * place to the newer one, so that an hour without Slack leaves one message and not five. `isLastPosted`: whether the
 * last message stands in Slack.
 */
export function telling(series: ToldSeries, what: string, isLastPosted: boolean): ToldSeries {
  if (what === series.told) return series;
  return { count: series.count > 0 && !isLastPosted ? series.count : series.count + 1, told: what };
}
