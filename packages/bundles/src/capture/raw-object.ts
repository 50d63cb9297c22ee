import type { ConfigMap, CustomObject } from '@autodevops/domain/kubernetes/cluster';
import type { ClusterEvent } from '@autodevops/domain/kubernetes/event';
import { apiVersionOf } from '@autodevops/domain/kubernetes/kinds';
import type { KindName } from '@autodevops/domain/kubernetes/kinds';
import { redactObject } from './redact-object.ts';

function rawEvent(event: ClusterEvent): object {
  const { object, first, last, component, host, ...rest } = event;
  return {
    ...rest,
    involvedObject: object,
    firstTimestamp: first,
    lastTimestamp: last,
    reportingComponent: component,
    source: { component, host },
  };
}

function rawConfigMap(map: ConfigMap): object {
  return { ...map, binaryData: Object.fromEntries(map.binaryData.map((key) => [key, ''])) };
}

/**
 * A projected object in a form that its kind's shape reads to the same again, redacted. What the projection changed
 * (events, keys of binary values) goes back into the API's form; Secrets have no values to begin with.
 */
export function rawObject(kind: KindName, object: object): Record<string, unknown> {
  const form =
    kind === 'Event'
      ? rawEvent(object as ClusterEvent)
      : kind === 'ConfigMap'
        ? rawConfigMap(object as ConfigMap)
        : object;
  return { apiVersion: apiVersionOf(kind), kind, ...redactObject(form, { custom: false, data: kind === 'ConfigMap' }) };
}

export function rawCustom(object: CustomObject): Record<string, unknown> {
  return redactObject(object, { custom: true, data: false });
}
