import type { Incident, IncidentMetrics } from '@autodevops/domain/incident/incident';
import type { IncidentEvent } from '@autodevops/domain/incident/incident-event';

/** Whether a person takes the incident up by this. */
export function isTakenUp({ type, actor }: IncidentEvent): boolean {
  return (
    actor.kind === 'person' &&
    (type === 'acknowledged' || type === 'assigned' || type === 'state-set' || type === 'resolved')
  );
}

function isMitigated(event: IncidentEvent): boolean {
  return event.type === 'resolved' || (event.type === 'state-set' && event.state === 'monitoring');
}

/** The times of an incident after an event. `before` is as it was; a clock that went back gives no time below zero. */
export function metricsAfter(
  { openedAt, metrics }: Pick<Incident, 'openedAt' | 'metrics'>,
  event: IncidentEvent,
): IncidentMetrics {
  const passed = Math.max(0, Math.round((Date.parse(event.time) - Date.parse(openedAt)) / 1000));
  const first = (name: keyof IncidentMetrics, happened: boolean): Partial<IncidentMetrics> =>
    happened && metrics[name] === undefined ? { [name]: passed } : {};
  const { toResolve: _until, ...lasting } = metrics;
  return {
    ...(event.type === 'reopened' ? lasting : metrics),
    ...first('toAcknowledge', isTakenUp(event)),
    ...first('toCause', (event.type === 'diagnosed' || event.type === 'absorbed') && event.causes.length > 0),
    ...first('toMitigate', isMitigated(event)),
    ...(event.type === 'resolved' ? { toResolve: passed } : {}),
  };
}
