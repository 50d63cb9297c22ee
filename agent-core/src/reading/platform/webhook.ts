import { refByName, refTo } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { caInjectors } from './ca-injector.ts';
import { ageOf } from '../recency.ts';

/** One webhook of a configuration. */
export interface Webhook {
  readonly name: string;
  /** The configuration that holds it. */
  readonly object: ObjectRef;
  readonly path: string;
  /** `platform/policy-webhook:443`, or the URL. */
  readonly target: string;
  readonly url: string | undefined;
  readonly service: { readonly namespace: string; readonly name: string } | undefined;
  readonly serviceRef: ObjectRef | undefined;
  readonly failurePolicy: string;
  /** Workloads that have to write its authority into the configuration. */
  readonly injectors: readonly ObjectRef[];
  /** It has rules, so that requests can reach it. */
  readonly matches: boolean;
  /** It is asked about new pods. */
  readonly ofPods: boolean;
}

/** Every webhook, validating and mutating. A name is unique only within its configuration. */
export function webhooksOf(snapshot: Snapshot): readonly Webhook[] {
  const found: Webhook[] = [];
  for (const kind of ['ValidatingWebhookConfiguration', 'MutatingWebhookConfiguration'] as const) {
    for (const configuration of snapshot.list(kind)) {
      const injectors = caInjectors(snapshot, configuration.metadata);
      for (const [index, webhook] of configuration.webhooks.entries()) {
        const { service, url } = webhook.clientConfig;
        const named =
          service === undefined || service.name === ''
            ? undefined
            : { namespace: service.namespace, name: service.name };
        found.push({
          name: webhook.name,
          object: refTo(kind, configuration),
          path: `webhooks[${index}].clientConfig`,
          target: named === undefined ? (url ?? '') : `${named.namespace}/${named.name}:${service?.port ?? 443}`,
          url,
          service: named,
          serviceRef: named === undefined ? undefined : refByName('Service', named.namespace, named.name),
          failurePolicy: webhook.failurePolicy ?? 'Fail',
          injectors,
          matches: webhook.rules.length > 0,
          ofPods: webhook.rules.some(
            ({ resources, operations }) =>
              resources.some((name) => name === 'pods' || name.startsWith('*')) &&
              operations.some((name) => name === 'CREATE' || name === '*'),
          ),
        });
      }
    }
  }
  return found;
}

/** The webhook of that name; of several, the one whose address is in the API server's text. */
export function webhookCalled(webhooks: readonly Webhook[], name: string, text: string): Webhook | undefined {
  const named = webhooks.filter((webhook) => webhook.name === name);
  const isAddressed = ({ service, url }: Webhook): boolean =>
    service === undefined
      ? url !== undefined && text.includes(url)
      : text.includes(`//${service.name}.${service.namespace}.svc`);
  return named.find(isAddressed) ?? named[0];
}

/**
 * How many endpoints of a Service are ready, and how long its youngest slice exists (milliseconds). Undefined when that
 * cannot be told: unseen, without selector, or not a Service with pods.
 */
export function readyEndpoints(
  snapshot: Snapshot,
  service: { namespace: string; name: string },
): { ready: number; age: number } | undefined {
  const found = snapshot.get('Service', service.namespace, service.name);
  if (
    found === undefined ||
    Object.keys(found.spec.selector).length === 0 ||
    !snapshot.saw('EndpointSlice', service.namespace)
  ) {
    return undefined;
  }
  const slices = snapshot
    .listIn('EndpointSlice', service.namespace)
    .filter((slice) => slice.metadata.labels['kubernetes.io/service-name'] === service.name);
  const ready = slices
    .flatMap((slice) => slice.endpoints)
    .filter((endpoint) => endpoint.conditions.ready !== false).length;
  return { ready, age: ageOf(snapshot, found.metadata.creationTimestamp) ?? Infinity };
}

/** Nobody answers behind it. */
export function isUnmanned(snapshot: Snapshot, { service }: Webhook): boolean {
  return service !== undefined && readyEndpoints(snapshot, service)?.ready === 0;
}

/** The API server gave up waiting for somebody, and does not say for whom. */
const gaveUp = /\brequest did not complete within (?:the )?(?:requested|allowed)\b/i;

/** Whom the API server waited for in vain when it let no pod in: the one webhook for pods behind which nobody answers. */
export function webhookAwaited(snapshot: Snapshot, webhooks: readonly Webhook[], message: string): Webhook | undefined {
  if (!gaveUp.test(message)) return undefined;
  const silent = webhooks.filter(
    (webhook) => webhook.ofPods && webhook.failurePolicy !== 'Ignore' && isUnmanned(snapshot, webhook),
  );
  return silent.length === 1 ? silent[0] : undefined;
}
