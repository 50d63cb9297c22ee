import type { Evidence } from '@autodevops/domain/diagnosis';
import type { Finding } from '@autodevops/domain/finding';
import type { CustomObject } from '@autodevops/domain/kubernetes/cluster';
import type { Pod } from '@autodevops/domain/kubernetes/pod';
import { refByName, refTo } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { finding, fromStatus } from '../../evidence/finding.ts';
import { podsBehind } from '../../reading/network/service-pods.ts';
import { conditionsOf, refToCustom } from '../../reading/platform/custom-objects.ts';
import { containersOf } from '../../reading/pods/pod-status.ts';
import { secretsOf } from '../../reading/pods/configuration/secrets-of-container.ts';
import { said } from '../../reading/said.ts';
import { lastChange } from '../../reading/workloads/last-change.ts';
import { workloadOf } from '../../reading/workloads/owner.ts';
import { cacheRefuses } from './codes.ts';

/** What Redis answers to a password that is not its own, or to none. */
const refusal = /\b(?:WRONGPASS|NOAUTH)\b[^"\n]{0,120}/;

export function saysCacheRefuses(message: string): boolean {
  return refusal.test(message);
}

/** The Redis of an installation: where something stands before several of them, what its Service leads to. */
function cachePods(snapshot: Snapshot, namespace: string): readonly Pod[] {
  const services = snapshot.listIn('Service', namespace).filter(({ metadata }) => metadata.name.endsWith('redis'));
  return services.flatMap((service) => podsBehind(snapshot, service));
}

/** What keeps the deliveries of a namespace: the workload of its Redis, or the namespace where that is not known. */
export function cacheOf(snapshot: Snapshot, namespace: string): ObjectRef {
  const [pod] = cachePods(snapshot, namespace);
  return pod === undefined ? refByName('Namespace', '', namespace) : workloadOf(snapshot, pod);
}

/** A Secret that a container of the cache took its variables from, written after it began. */
function newerSecret(snapshot: Snapshot, namespace: string): { text: string; evidence: Evidence } | undefined {
  for (const pod of cachePods(snapshot, namespace)) {
    for (const view of containersOf(pod)) {
      const began = view.status?.state.running?.startedAt ?? '';
      for (const name of began === '' ? [] : secretsOf(view)) {
        const secret = snapshot.get('Secret', namespace, name);
        const written = secret === undefined ? '' : lastChange(secret);
        if (Date.parse(written) > Date.parse(began)) {
          const path = `status.containerStatuses[name=${view.spec.name}].state.running.startedAt`;
          return {
            text: `: pod "${pod.metadata.name}" runs since ${began}, and Secret "${name}", from which it has its password, was written later (${written})`,
            evidence: fromStatus(refTo('Pod', pod), path, began, began),
          };
        }
      }
    }
  }
  return undefined;
}

/** A Redis that refuses the password of the rest of Argo CD, told once for all applications of a namespace. */
export function checkCache(snapshot: Snapshot, apps: readonly CustomObject[]): Finding[] {
  const told = new Map<string, Finding>();
  for (const app of apps) {
    const { namespace } = app.metadata;
    const condition = conditionsOf(app).find((c) => saysCacheRefuses(c.message));
    if (condition === undefined || told.has(namespace)) continue;
    const words = refusal.exec(condition.message)?.[0] ?? '';
    const newer = newerSecret(snapshot, namespace);
    const object = cacheOf(snapshot, namespace);
    told.set(
      namespace,
      finding(cacheRefuses, {
        object,
        cause: `The Redis of Argo CD in namespace "${namespace}" refuses the password that its other parts give (${said(words, 120)})${newer?.text ?? ''}.`,
        since: condition.lastTransitionTime ?? '',
        evidence: [
          fromStatus(
            refToCustom(app),
            `status.conditions[type=${condition.type}]`,
            `${condition.type}: ${condition.message}`,
            condition.lastTransitionTime ?? '',
          ),
          ...(newer === undefined ? [] : [newer.evidence]),
        ],
        ...(newer === undefined
          ? {}
          : {
              nextSteps: [
                `Restart Redis so that it takes the password of the Secret: \`kubectl -n ${namespace} rollout restart ${object.kind.toLowerCase()} ${object.name}\`.`,
              ],
            }),
      }),
    );
  }
  return [...told.values()];
}
