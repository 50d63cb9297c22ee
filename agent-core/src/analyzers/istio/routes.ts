import type { Finding } from '@autodevops/domain/finding';
import type { CustomObject } from '@autodevops/domain/kubernetes/cluster';
import { strings } from '@autodevops/domain/kubernetes/shape';
import type { Json } from '@autodevops/domain/kubernetes/shape';
import { refText } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { finding, fromSpec } from '../../evidence/finding.ts';
import { listAt, numberAt, textAt, valueAt } from '../../reading/json-value.ts';
import { nearMatches } from '../../reading/near-match.ts';
import { podsBehind } from '../../reading/network/service-pods.ts';
import { customOfKind, refToCustom } from '../../reading/platform/custom-objects.ts';
import { isFinished } from '../../reading/pods/pod-status.ts';
import { said } from '../../reading/said.ts';
import { labelsText, matchesLabels } from '../../reading/selector.ts';
import { lastChange } from '../../reading/workloads/last-change.ts';
import { hostMissing, subsetEmpty, subsetMissing } from './codes.ts';
import { isNowhere, meshHost, networking, rulesFor, serviceAt } from './hosts.ts';
import type { MeshHost } from './hosts.ts';

interface Destination {
  readonly route: CustomObject;
  readonly path: string;
  readonly host: MeshHost;
  readonly written: string;
  readonly subset: string;
}

/** Where requests are sent; what has a weight of 0 gets none. */
function destinationsOf(snapshot: Snapshot, route: CustomObject): readonly Destination[] {
  const found: Destination[] = [];
  for (const protocol of ['http', 'tls', 'tcp']) {
    for (const [i, rule] of listAt(route.spec, protocol).entries()) {
      const targets = listAt(rule, 'route');
      for (const [j, target] of targets.entries()) {
        const written = textAt(target, 'destination', 'host');
        const host = meshHost(snapshot, written, route.metadata.namespace);
        if (host === undefined || (targets.length > 1 && numberAt(target, 'weight') === 0)) continue;
        found.push({
          route,
          path: `spec.${protocol}[${i}].route[${j}].destination`,
          host,
          written,
          subset: textAt(target, 'destination', 'subset'),
        });
      }
    }
  }
  return found;
}

function namesOf(subsets: readonly Json[]): readonly string[] {
  return subsets.map((subset) => textAt(subset, 'name')).filter((name) => name !== '');
}

function labelsOf(subset: Json): Readonly<Record<string, string>> {
  return strings.read(valueAt(subset, 'labels'));
}

function checkHost(snapshot: Snapshot, at: Destination): Finding | undefined {
  const { namespace, name } = at.host;
  if (!isNowhere(snapshot, at.host)) return undefined;
  const ref = refToCustom(at.route);
  const near = nearMatches(
    name,
    snapshot.listIn('Service', namespace).map((s) => s.metadata.name),
  );
  const hint = near.length === 0 ? '' : `; there is ${near.map((n) => `"${n}"`).join(', ')}`;
  const cause = `${refText(ref)} sends requests to ${said(at.written, 120)}, and namespace "${namespace}" has no Service "${name}"${hint}.`;
  return finding(hostMissing, {
    object: ref,
    cause,
    evidence: [fromSpec(ref, `${at.path}.host`, at.written)],
    since: lastChange(at.route),
    facet: at.path,
  });
}

interface Subset {
  readonly rule: CustomObject;
  readonly subset: Json;
}

function placeOf({ host }: Destination): string {
  return `${host.namespace}/${host.name}`;
}

function undefinedSubset(at: Destination, rules: readonly CustomObject[], subsets: readonly Subset[]): Finding {
  const ref = refToCustom(at.route);
  const names = namesOf(subsets.map(({ subset }) => subset)).join(', ');
  const defined =
    names === ''
      ? 'its DestinationRule defines none'
      : `defined ${names.includes(', ') ? 'are' : 'is'} ${said(names, 120)}`;
  const has = rules.length === 0 ? 'no DestinationRule is about that host' : defined;
  return finding(subsetMissing, {
    object: ref,
    cause: `${refText(ref)} sends requests to subset "${said(at.subset, 80)}" of ${placeOf(at)}, which is not defined: ${has}.`,
    evidence: [
      fromSpec(ref, at.path, `host: ${at.written}, subset: ${at.subset}`),
      ...rules.slice(0, 1).map((rule) => fromSpec(refToCustom(rule), 'spec.subsets', names)),
    ],
    since: lastChange(at.route),
    facet: at.path,
  });
}

/** A Service without any pods is told elsewhere. */
function emptySubset(snapshot: Snapshot, at: Destination, { rule, subset }: Subset): Finding | undefined {
  const labels = labelsOf(subset);
  const service = serviceAt(snapshot, at.host);
  if (service === undefined || Object.keys(labels).length === 0 || !snapshot.saw('Pod', at.host.namespace)) {
    return undefined;
  }
  const pods = podsBehind(snapshot, service).filter((pod) => !isFinished(pod));
  if (pods.length === 0 || pods.some((pod) => matchesLabels(labels, pod.metadata.labels))) return undefined;
  const ref = refToCustom(at.route);
  const wanted = labelsText(labels);
  return finding(subsetEmpty, {
    object: ref,
    cause: `${refText(ref)} sends requests to subset "${said(at.subset, 80)}" of ${placeOf(at)}, which selects ${said(wanted, 120)}: none of the ${pods.length} pods behind the Service has that.`,
    evidence: [
      fromSpec(ref, at.path, `host: ${at.written}, subset: ${at.subset}`),
      fromSpec(refToCustom(rule), 'spec.subsets', `name: ${at.subset}, labels: ${wanted}`),
    ],
    since: lastChange(at.route),
    facet: at.path,
  });
}

function checkSubset(snapshot: Snapshot, at: Destination): Finding | undefined {
  if (at.subset === '') return undefined;
  const rules = rulesFor(snapshot, at.host);
  const subsets = rules.flatMap((rule) => listAt(rule.spec, 'subsets').map((subset): Subset => ({ rule, subset })));
  const defined = subsets.find(({ subset }) => textAt(subset, 'name') === at.subset);
  return defined === undefined ? undefinedSubset(at, rules, subsets) : emptySubset(snapshot, at, defined);
}

/** VirtualServices whose requests end nowhere. */
export function checkVirtualServices(snapshot: Snapshot): Finding[] {
  return customOfKind(snapshot, networking, 'VirtualService')
    .filter((route) => route.metadata.deletionTimestamp === undefined)
    .flatMap((route) => destinationsOf(snapshot, route))
    .map((at) => checkHost(snapshot, at) ?? checkSubset(snapshot, at))
    .filter((found) => found !== undefined);
}
