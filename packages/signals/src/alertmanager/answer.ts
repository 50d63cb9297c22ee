import { z } from 'zod';
import type { Silence } from '@autodevops/domain/ports/signals';
import type { Alert } from '@autodevops/domain/signal';
import { keptText, labelReader } from '../carrying/foreign-labels.ts';

const Texts = z.record(z.string(), z.string()).default({});

/** `gettableAlert` of https://github.com/prometheus/alertmanager/blob/main/api/v2/openapi.yaml */
const OneAlert = z.object({
  labels: Texts,
  annotations: Texts,
  startsAt: z.string().default(''),
  endsAt: z.string().default(''),
  status: z.object({ state: z.string() }).default({ state: 'active' }),
});
export const AlertsAnswer = z.array(OneAlert);

/** `gettableSilence`; `isEqual` is absent before Alertmanager 0.22 and means true. */
const OneSilence = z.object({
  id: z.string(),
  status: z.object({ state: z.enum(['active', 'pending', 'expired']) }),
  matchers: z.array(
    z.object({ name: z.string(), value: z.string(), isRegex: z.boolean(), isEqual: z.boolean().default(true) }),
  ),
  startsAt: z.string(),
  endsAt: z.string(),
  createdBy: z.string().default(''),
  comment: z.string().default(''),
});
export const SilencesAnswer = z.array(OneSilence);
export const NewSilenceAnswer = z.object({ silenceID: z.string().min(1) });

export function alertsFrom(read: z.infer<typeof AlertsAnswer>, most: number): readonly Alert[] {
  const labels = labelReader();
  return read.slice(0, most).map((alert) => ({
    ...alert,
    labels: labels(alert.labels),
    annotations: Object.fromEntries(
      Object.entries(alert.annotations)
        .slice(0, 20)
        .map(([name, text]): [string, string] => [keptText(name, 128), keptText(text, 1_000)]),
    ),
  }));
}

/**
 * Matchers stay as they are: what is expired or made again has to be the very same. They are shown by whoever shows
 * them.
 */
export function silencesFrom(read: z.infer<typeof SilencesAnswer>, most: number): readonly Silence[] {
  return read.slice(0, most).map(({ id, status, matchers, startsAt, endsAt, createdBy, comment }) => ({
    id,
    matchers,
    startsAt,
    endsAt,
    createdBy: keptText(createdBy, 200),
    comment: keptText(comment, 1_000),
    state: status.state,
  }));
}

/** Its refusals are a JSON text, or an object with a message. */
export function saidByAlertmanager(text: string): string {
  try {
    const read = z
      .union([z.string(), z.object({ message: z.string() }).transform(({ message }) => message)])
      .safeParse(JSON.parse(text));
    return read.success ? read.data : '';
  } catch {
    return '';
  }
}
