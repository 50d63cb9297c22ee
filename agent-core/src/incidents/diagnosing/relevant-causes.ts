import type { Cause, Diagnosis } from '@autodevops/domain/diagnosis';
import { incidentBounds } from '@autodevops/domain/incident/incident-event';
import type { IncidentAlert, IncidentCause } from '@autodevops/domain/incident/incident-event';
import { refKey, refText } from '@autodevops/domain/object-ref';
import type { Alert } from '@autodevops/domain/signal';
import { firing } from '../../analyzers/alert-firing/codes.ts';
import { keptText } from '../kept-text.ts';

/** What is remembered by it: `pod.memory.limit Deployment/shop/web`. */
export function causeKey({ code, object }: Pick<Cause, 'code' | 'object'>): string {
  return `${code} ${refKey(object)}`.slice(0, incidentBounds.key);
}

export function keptCause(cause: Cause): IncidentCause {
  const { code, object, confidence, since, beganAt } = cause;
  return {
    key: causeKey(cause),
    code,
    object,
    confidence,
    since,
    title: keptText(cause.title, incidentBounds.title),
    cause: keptText(cause.cause),
    impact: keptText(cause.impact),
    began: keptText(cause.began),
    ...(beganAt === undefined ? {} : { beganAt }),
    nextSteps: cause.nextSteps.slice(0, 10).map((step) => keptText(step)),
  };
}

/** Alerts that fire, as a diagnosis reads them: they become symptoms of what is wrong with the objects that they name. */
export function alertsToExplain(alerts: readonly IncidentAlert[]): readonly Alert[] {
  return alerts
    .filter(({ state }) => state === 'firing')
    .map(({ name, labels, summary, startsAt }) => ({
      labels: { ...labels, alertname: name },
      annotations: { summary },
      startsAt,
      endsAt: '',
      status: { state: 'active' },
    }));
}

/** Causes of these that explain an alert. An alert that nothing explains is no cause of itself. */
function explaining({ causes }: Diagnosis): readonly Cause[] {
  return causes.filter(
    ({ code, symptoms }) => code !== firing.code && symptoms.some((symptom) => symptom.code === firing.code),
  );
}

/** Ends the summary of a look that could not see everything. */
export const blindly = ' Not everything could be seen.';

export interface Relevant {
  readonly causes: readonly IncidentCause[];
  /** One sentence, with the names in it. */
  readonly summary: string;
}

/** What a diagnosis that was given an incident's alerts says of it; without alerts, what is wrong at the same time. */
export function relevantCauses(diagnosis: Diagnosis, alerts: readonly IncidentAlert[]): Relevant {
  const causes = (alerts.length > 0 ? explaining(diagnosis) : diagnosis.causes).slice(0, incidentBounds.causes);
  const [first] = causes;
  const others = causes.length > 1 ? ` (and ${causes.length - 1} more)` : '';
  if (first !== undefined) {
    return { causes: causes.map(keptCause), summary: keptText(`${refText(first.object)}: ${first.cause}${others}`) };
  }
  const blind = diagnosis.blindSpots.length > 0 ? blindly : '';
  // What is wrong elsewhere is told as that: it is no cause of this.
  const elsewhere = diagnosis.causes.length > 0 ? 'Elsewhere: ' : '';
  return {
    causes: [],
    summary: keptText(`Jamie sees nothing that explains it. ${elsewhere}${diagnosis.summary}${blind}`),
  };
}
