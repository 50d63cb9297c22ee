import { AutoDevOpsError } from '@autodevops/domain/errors';
import type { Alerts, Silence } from '@autodevops/domain/ports/signals';
import type { Alert } from '@autodevops/domain/signal';

export interface AlertsInMemory extends Alerts {
  readonly made: Silence[];
  /** The next calls fail, after it was done or before. */
  failNext: { readonly done: boolean; readonly code: 'signals.no-answer' | 'signals.unreachable' } | undefined;
}

export function alertNamed(alertname: string, labels: Readonly<Record<string, string>> = {}, state = 'active'): Alert {
  return {
    labels: { alertname, ...labels },
    annotations: {},
    startsAt: '2026-01-01T11:00:00Z',
    endsAt: '',
    status: { state },
  };
}

/** An Alertmanager in memory, as far as silences go; `now` in milliseconds. */
export function alertsInMemory(alerts: readonly Alert[], now: () => number): AlertsInMemory {
  const made: Silence[] = [];
  const stands = (silence: Silence): Silence => ({
    ...silence,
    state: Date.parse(silence.endsAt) <= now() ? 'expired' : 'active',
  });
  const source: AlertsInMemory = {
    source: 'Alertmanager at test',
    made,
    failNext: undefined,
    alerts: async () =>
      await Promise.resolve(
        alerts.map((alert) => {
          const silenced = made
            .map(stands)
            .some(
              ({ state, matchers }) =>
                state === 'active' && matchers.every(({ name, value }) => alert.labels[name] === value),
            );
          return silenced ? { ...alert, status: { state: 'suppressed' } } : alert;
        }),
      ),
    silences: async () => await Promise.resolve(made.map(stands)),
    silence: async (wish) => {
      const failure = source.failNext;
      source.failNext = undefined;
      const id = `00000000-0000-4000-8000-${String(made.length + 1).padStart(12, '0')}`;
      if (failure?.done !== false) made.push({ ...wish, id, state: 'active' });
      if (failure !== undefined) throw new AutoDevOpsError(failure.code, 'test breaks off.', 'Try again.');
      return await Promise.resolve(id);
    },
    expire: async (id) => {
      const index = made.findIndex((silence) => silence.id === id);
      const found = made[index];
      if (found === undefined) throw new AutoDevOpsError('signals.bad-answer', 'test knows no such silence.', 'Look.');
      made[index] = { ...found, endsAt: new Date(now()).toISOString() };
      await Promise.resolve();
    },
  };
  return source;
}
