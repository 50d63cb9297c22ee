import type { Configuration } from '../configuration/configuration.ts';
import type { OtlpChoice } from './otlp-tracer.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** The address for traces alone is taken as it is, the one for everything gets their path (https://opentelemetry.io/docs/specs/otel/protocol/exporter/). */
function urlFrom(environment: Environment, base: string | undefined): string | undefined {
  const own = environment['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT'] || undefined;
  const every = base ?? (environment['OTEL_EXPORTER_OTLP_ENDPOINT'] || undefined);
  if (base === undefined && own !== undefined) return own;
  return every === undefined ? undefined : `${every.replace(/\/+$/, '')}/v1/traces`;
}

function isOff(environment: Environment): boolean {
  return environment['OTEL_SDK_DISABLED']?.toLowerCase() === 'true' || environment['OTEL_TRACES_EXPORTER'] === 'none';
}

/** Where traces are sent: as the configuration says, else as OpenTelemetry's own environment does; undefined: nowhere. */
export function tracesWanted(
  { observability: { traces }, customer, mode }: Configuration,
  environment: Environment,
  { version, holder, cluster }: { readonly version: string; readonly holder: string; readonly cluster: string },
): OtlpChoice | undefined {
  const url = urlFrom(environment, traces?.otlp);
  if (url === undefined || isOff(environment)) return undefined;
  return {
    url,
    ratio: traces?.ratio ?? 1,
    resource: {
      'service.name': environment['OTEL_SERVICE_NAME'] || 'autodevops-agent',
      'service.version': version,
      'service.instance.id': holder,
      'k8s.cluster.name': cluster,
      'autodevops.customer': customer,
      'autodevops.mode': mode,
    },
  };
}
