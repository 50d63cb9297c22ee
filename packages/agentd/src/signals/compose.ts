import { resolve } from 'node:path';
import type { Dashboard } from '@autodevops/domain/incident/dashboard';
import type { Alerts, Panels, SignalCarrier, SignalSources } from '@autodevops/domain/ports/signals';
import type { ServiceCarrierChoice } from '@autodevops/kube/service-carrier';
import type { Signals, SignalSource } from '../configuration/signals.ts';

/** The cluster through which Services are reached. */
export type ThroughCluster = Pick<ServiceCarrierChoice, 'access' | 'context' | 'kubeconfig' | 'as' | 'asGroup'>;

/** Of each query: what an agent holds of two dozen of them at once fits into its memory. */
const bounds = { series: 100, points: 300 };

export interface OpenedSignals {
  readonly sources: SignalSources;
  /** To whom silences are told. */
  readonly alerts?: Alerts;
  readonly panels?: Panels;
  /** Of those panels: where causes of incidents can be seen. */
  readonly dashboards: readonly Dashboard[];
  readonly close: () => void;
}

export interface SignalsChoice {
  readonly signals: Signals;
  /** Paths are relative to this folder. */
  readonly folder: string;
  readonly cluster: ThroughCluster;
}

interface Carried {
  readonly carrier: SignalCarrier;
  readonly close: () => void;
}

type Program = 'prometheus' | 'alertmanager' | 'loki' | 'grafana';

async function whereItIs(program: Program, cluster: ThroughCluster): Promise<Carried> {
  const { foundServiceCarrier } = await import('@autodevops/kube/found-service-carrier');
  const carrier = foundServiceCarrier({ ...cluster, program });
  return { carrier, close: () => carrier.close() };
}

async function toService(service: string, { scheme, path }: SignalSource, cluster: ThroughCluster): Promise<Carried> {
  const [, namespace = '', name = '', port = ''] = /^(.*)\/(.*):(.*)$/.exec(service) ?? [];
  const { serviceCarrier } = await import('@autodevops/kube/service-carrier');
  const carrier = await serviceCarrier({
    ...cluster,
    service: { namespace, name, port, ...(scheme === undefined ? {} : { scheme }) },
    ...(path === undefined ? {} : { prefix: path }),
  });
  return { carrier, close: () => carrier.close() };
}

async function toAddress(url: string, source: SignalSource, folder: string): Promise<Carried> {
  const { httpCarrier } = await import('@autodevops/signals/http-carrier');
  const at = (file: string | undefined): string | undefined => (file === undefined ? undefined : resolve(folder, file));
  const { tokenFile, user, passwordFile, certificate, key, authority, tenant } = source;
  const carrier = httpCarrier({
    url,
    tokenFile: at(tokenFile),
    certificateFile: at(certificate),
    keyFile: at(key),
    authorityFile: at(authority),
    ...(user === undefined || passwordFile === undefined
      ? {}
      : { basic: { user, passwordFile: resolve(folder, passwordFile) } }),
    ...(tenant === undefined ? {} : { headers: { 'X-Scope-OrgID': tenant } }),
  });
  return { carrier, close: () => undefined };
}

async function carried(program: Program, { signals, folder, cluster }: SignalsChoice): Promise<Carried | undefined> {
  const source = signals[program];
  if (source === undefined) return undefined;
  if (source.service === 'find') return await whereItIs(program, cluster);
  return source.service === undefined
    ? await toAddress(source.url ?? '', source, folder)
    : await toService(source.service, source, cluster);
}

/**
 * Opens what the configuration names; nothing is asked yet, and a source that is not there is none's trouble before it is
 * asked. Undefined where nothing is named. Throws `config.invalid`, and `kubeconfig.*` where a Service is to be reached.
 */
export async function openSignals(choice: SignalsChoice): Promise<OpenedSignals | undefined> {
  const { grafana, withinSeconds } = choice.signals;
  const [metrics, alerts, logs, panels] = await Promise.all(
    (['prometheus', 'alertmanager', 'loki', 'grafana'] as const).map(async (program) => await carried(program, choice)),
  );
  const all = [metrics, alerts, logs, panels].flatMap((one) => one ?? []);
  if (all.length === 0) return undefined;
  const deadline = withinSeconds * 1000;
  const manager =
    alerts === undefined
      ? undefined
      : (await import('@autodevops/signals/alertmanager')).alertmanager({ carrier: alerts.carrier, deadline });
  const shown =
    panels === undefined
      ? undefined
      : (await import('@autodevops/signals/grafana')).grafana({
          carrier: panels.carrier,
          ...(grafana?.page === undefined ? {} : { page: grafana.page }),
        });
  const datasource = grafana?.datasource;
  return {
    sources: {
      within: deadline,
      ...(metrics === undefined
        ? {}
        : {
            metrics: (await import('@autodevops/signals/prometheus')).prometheus({
              carrier: metrics.carrier,
              deadline,
              bounds,
            }),
          }),
      ...(manager === undefined ? {} : { alerts: manager }),
      ...(logs === undefined
        ? {}
        : { logs: (await import('@autodevops/signals/loki')).loki({ carrier: logs.carrier, deadline }) }),
      ...(shown === undefined || datasource === undefined
        ? {}
        : { page: (query, range) => shown.exploreLink(datasource, query, range) }),
    },
    ...(manager === undefined ? {} : { alerts: manager }),
    ...(shown === undefined ? {} : { panels: shown }),
    dashboards: grafana?.dashboards ?? [],
    close: () => {
      for (const { close } of all) close();
    },
  };
}
