import { z } from 'zod';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import type { Alerts, SignalCarrier, SignalOptions } from '@autodevops/domain/ports/signals';
import { badAnswer, statusFailure } from '../carrying/failure.ts';
import { ask, readJson, textOf, usualDeadline } from '../carrying/read-json.ts';
import {
  AlertsAnswer,
  alertsFrom,
  NewSilenceAnswer,
  saidByAlertmanager,
  SilencesAnswer,
  silencesFrom,
} from './answer.ts';

export interface AlertmanagerChoice {
  readonly carrier: SignalCarrier;
  /** In milliseconds, for one request. */
  readonly deadline?: number;
}

const mostAlerts = 5_000;
const mostSilences = 2_000;
const SilenceId = z.uuid();

/** Alertmanager's API v2. */
export function alertmanager({ carrier, deadline = usualDeadline }: AlertmanagerChoice): Alerts {
  const bounded = (options: SignalOptions): Required<SignalOptions> => ({ deadline, ...options });
  return {
    get source() {
      return `Alertmanager at ${carrier.address}`;
    },
    alerts: async (options) =>
      alertsFrom(
        await readJson(carrier, { path: '/api/v2/alerts' }, AlertsAnswer, bounded(options), saidByAlertmanager),
        mostAlerts,
      ),
    silences: async (options) =>
      silencesFrom(
        await readJson(carrier, { path: '/api/v2/silences' }, SilencesAnswer, bounded(options), saidByAlertmanager),
        mostSilences,
      ),
    silence: async (silence, options) => {
      const { silenceID } = await readJson(
        carrier,
        { method: 'POST', path: '/api/v2/silences', json: silence },
        NewSilenceAnswer,
        bounded(options),
        saidByAlertmanager,
      );
      return silenceID;
    },
    expire: async (id, options) => {
      if (!SilenceId.safeParse(id).success) {
        throw new AutoDevOpsError(
          'signals.refused',
          'That is not the id of a silence.',
          'Take it from the list of silences.',
        );
      }
      const answer = await ask(carrier, { method: 'DELETE', path: `/api/v2/silence/${id}` }, bounded(options));
      if (answer.status >= 200 && answer.status < 300) return;
      const said = saidByAlertmanager(textOf(answer).slice(0, 2_000));
      // One that has expired is answered with a failure of the server: https://github.com/prometheus/alertmanager/blob/main/silence/silence.go
      if (answer.status >= 500 && /already expired/.test(said)) return;
      throw answer.status === 404
        ? badAnswer(carrier.address, 'knows no silence of that id')
        : statusFailure(carrier.address, answer.status, said);
    },
  };
}
