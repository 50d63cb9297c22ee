import type { Finding } from '@autodevops/domain/finding';
import type { Condition } from '@autodevops/domain/kubernetes/metadata';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { finding, fromCondition, fromSpec } from '../../evidence/finding.ts';
import { said } from '../../reading/said.ts';
import { noRequest } from './codes.ts';
import type { Subject } from './subject.ts';

/** Percentages are of requests; each container must have one. */
function withoutRequest({ hpa, spec }: Subject): { container: string; resource: string } | undefined {
  for (const metric of hpa.spec.metrics) {
    const resource = metric.resource ?? metric.containerResource;
    if (resource?.target.type !== 'Utilization' || spec === undefined) continue;
    const only = metric.containerResource?.container;
    const containers = [...spec.containers, ...spec.initContainers.filter((c) => c.restartPolicy === 'Always')].filter(
      (c) => only === undefined || c.name === only,
    );
    const whole = spec.resources.requests[resource.name] ?? spec.resources.limits[resource.name];
    const bare =
      whole === undefined
        ? containers.find(
            (c) => c.resources.requests[resource.name] === undefined && c.resources.limits[resource.name] === undefined,
          )
        : undefined;
    if (bare !== undefined) return { container: bare.name, resource: resource.name };
  }
  return undefined;
}

function hasDefaultRequest(snapshot: Snapshot, namespace: string, resource: string): boolean {
  return snapshot
    .listIn('LimitRange', namespace)
    .some((range) =>
      range.spec.limits.some(
        (l) => l.type === 'Container' && (l.defaultRequest[resource] ?? l.default[resource]) !== undefined,
      ),
    );
}

/** An autoscaler by a percentage of requests, over a container that requests nothing. */
export function checkRequest(subject: Subject, active: Condition | undefined): Finding | undefined {
  const { snapshot, hpa, ref, target } = subject;
  const told = active?.status === 'False' && active.message.includes('missing request for');
  const bare = withoutRequest(subject);
  const seen = snapshot.saw('LimitRange', hpa.metadata.namespace);
  // Another metric may keep the autoscaler going; then nothing is broken.
  if (
    !told &&
    (bare === undefined ||
      active?.status === 'True' ||
      !seen ||
      hasDefaultRequest(snapshot, hpa.metadata.namespace, bare.resource))
  ) {
    return undefined;
  }
  const cause =
    bare === undefined
      ? `Autoscaler cannot compute: ${said(active?.message ?? '', 200)}.`
      : `Autoscaler scales ${target.kind} "${target.name}" by a percentage of requested ${bare.resource}, and its container "${bare.container}" requests none.`;
  return finding(noRequest, {
    object: ref,
    confidence: told ? 'high' : 'medium',
    cause,
    since: told ? (active.lastTransitionTime ?? '') : '',
    evidence: [
      ...(active === undefined ? [] : [fromCondition(ref, active)]),
      ...(bare === undefined
        ? []
        : [
            fromSpec(
              target,
              `spec.template.spec.containers[name=${bare.container}].resources.requests.${bare.resource}`,
              '(not set)',
            ),
          ]),
    ],
    facet: bare?.container ?? '',
  });
}
