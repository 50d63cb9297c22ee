import type { KindName } from '@autodevops/domain/kubernetes/kinds';
import { isRecord } from '@autodevops/domain/raw-record';
import type { RawRecord } from '@autodevops/domain/raw-record';
import { listAt, recordAt, textAt } from './record-fields.ts';

function backend(raw: RawRecord): RawRecord {
  const port = raw['servicePort'];
  if (textAt(raw, 'serviceName') === '') return raw;
  return {
    ...raw,
    service: { name: raw['serviceName'], port: typeof port === 'number' ? { number: port } : { name: port } },
  };
}

function ingressPath(path: unknown): unknown {
  return isRecord(path) ? { ...path, backend: backend(recordAt(path, 'backend')) } : path;
}

/** `serviceName` and `servicePort` as networking.k8s.io/v1 has them. */
function ingress(raw: RawRecord): RawRecord {
  const spec = recordAt(raw, 'spec');
  const rules = listAt(spec, 'rules').map((rule) => {
    if (!isRecord(rule)) return rule;
    const http = recordAt(rule, 'http');
    return { ...rule, http: { ...http, paths: listAt(http, 'paths').map(ingressPath) } };
  });
  const fallback = spec['backend'];
  return { ...raw, spec: { ...spec, rules, ...(isRecord(fallback) ? { defaultBackend: backend(fallback) } : {}) } };
}

/** `targetAverageUtilization` beside the metric as `target` of autoscaling/v2. */
function autoscalerMetric(metric: unknown): unknown {
  if (!isRecord(metric)) return metric;
  const out: Record<string, unknown> = { ...metric };
  for (const [source, body] of Object.entries(metric)) {
    if (!isRecord(body) || isRecord(body['target'])) continue;
    const utilization = body['targetAverageUtilization'];
    const averageValue = body['targetAverageValue'];
    const target = {
      type: utilization === undefined ? 'AverageValue' : 'Utilization',
      averageUtilization: utilization,
      averageValue,
      value: body['targetValue'],
    };
    out[source] = { ...body, target, metric: { name: body['metricName'] } };
  }
  return out;
}

function autoscaler(raw: RawRecord): RawRecord {
  const spec = recordAt(raw, 'spec');
  return { ...raw, spec: { ...spec, metrics: listAt(spec, 'metrics').map(autoscalerMetric) } };
}

/** autoscaling/v1 has its conditions as JSON in an annotation. */
function annotatedConditions(raw: RawRecord): RawRecord {
  const stated = textAt(
    recordAt(recordAt(raw, 'metadata'), 'annotations'),
    'autoscaling.alpha.kubernetes.io/conditions',
  );
  if (stated === '') return raw;
  try {
    return { ...raw, status: { ...recordAt(raw, 'status'), conditions: JSON.parse(stated) as unknown } };
  } catch {
    return raw;
  }
}

function endpointSlice(raw: RawRecord): RawRecord {
  const endpoints = listAt(raw, 'endpoints').map((endpoint) =>
    isRecord(endpoint) && endpoint['nodeName'] === undefined
      ? { ...endpoint, nodeName: recordAt(endpoint, 'topology')['kubernetes.io/hostname'] }
      : endpoint,
  );
  return { ...raw, endpoints };
}

/** An object of a former API version in the form of today's, where the two differ in what is read. */
export function modernise(kind: KindName, apiVersion: string, raw: RawRecord): RawRecord {
  if (kind === 'Ingress' && /^(?:extensions|networking\.k8s\.io)\/v1beta1$/.test(apiVersion)) return ingress(raw);
  if (kind === 'HorizontalPodAutoscaler' && apiVersion === 'autoscaling/v2beta1') return autoscaler(raw);
  if (kind === 'HorizontalPodAutoscaler' && apiVersion === 'autoscaling/v1') return annotatedConditions(raw);
  if (kind === 'EndpointSlice' && apiVersion === 'discovery.k8s.io/v1beta1') return endpointSlice(raw);
  return raw;
}
