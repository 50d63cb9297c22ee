import type { Finding } from '@autodevops/domain/finding';
import type { CustomObject } from '@autodevops/domain/kubernetes/cluster';
import type { Json } from '@autodevops/domain/kubernetes/shape';
import { strings } from '@autodevops/domain/kubernetes/shape';
import { refByName, refText } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { finding, fromSpec } from '../../evidence/finding.ts';
import { listAt, textAt, valueAt } from '../../reading/json-value.ts';
import { nameList } from '../../reading/name-list.ts';
import { customOfKind, refToCustom } from '../../reading/platform/custom-objects.ts';
import { isFinished } from '../../reading/pods/pod-status.ts';
import { said } from '../../reading/said.ts';
import { matchesLabels } from '../../reading/selector.ts';
import { lastChange } from '../../reading/workloads/last-change.ts';
import { credentialMissing, gatewayMissing } from './codes.ts';
import { networking } from './hosts.ts';

/** Every proxy of the mesh, which is no Gateway. */
const allProxies = 'mesh';

/** Where a name without a namespace is looked for; undefined for what names no Gateway by name. */
function gatewayMeant(written: string, namespace: string): { namespace: string; name: string } | undefined {
  const [first = '', second] = written.split('/');
  if (written === allProxies || written === '' || written.includes('.') || written.includes('*')) return undefined;
  return second === undefined ? { namespace, name: first } : { namespace: first, name: second };
}

function checkNames(gateways: readonly CustomObject[], route: CustomObject): Finding[] {
  const ref = refToCustom(route);
  return listAt(route.spec, 'gateways').flatMap((written, index) => {
    if (typeof written !== 'string') return [];
    const meant = gatewayMeant(written, route.metadata.namespace);
    const there = ({ metadata }: CustomObject): boolean =>
      metadata.namespace === meant?.namespace && metadata.name === meant.name;
    if (meant === undefined || gateways.some(there)) return [];
    const [other] = gateways.filter(({ metadata }) => metadata.name === meant.name);
    const hint =
      other === undefined
        ? ''
        : `; there is one in namespace "${other.metadata.namespace}", which is to be written "${other.metadata.namespace}/${meant.name}"`;
    return [
      finding(gatewayMissing, {
        object: ref,
        cause: `${refText(ref)} is bound to Gateway "${said(written, 120)}", and namespace "${meant.namespace}" has none of that name${hint}.`,
        evidence: [fromSpec(ref, `spec.gateways[${index}]`, written)],
        since: lastChange(route),
        facet: written,
      }),
    ];
  });
}

/** In which namespaces the proxies of a Gateway run: they take Secrets from their own. */
function proxyNamespaces(snapshot: Snapshot, gateway: CustomObject): readonly string[] {
  const selector = strings.read(valueAt(gateway.spec, 'selector'));
  const pods = snapshot.list('Pod').filter((pod) => !isFinished(pod) && matchesLabels(selector, pod.metadata.labels));
  return [...new Set(pods.map((pod) => pod.metadata.namespace))].toSorted();
}

/** Modes in which the proxy shows a certificate of its own. */
const encrypting = new Set(['SIMPLE', 'MUTUAL', 'OPTIONAL_MUTUAL']);

function credentialOf(server: Json): string {
  const name = textAt(server, 'tls', 'credentialName');
  // `kubernetes-gateway://…`, `builtin://`: a scheme of its own, and no name of a Secret.
  return encrypting.has(textAt(server, 'tls', 'mode')) && !/[/:]/.test(name) ? name : '';
}

function checkCredentials(snapshot: Snapshot, gateway: CustomObject): Finding[] {
  const servers = listAt(gateway.spec, 'servers');
  if (servers.every((server) => credentialOf(server) === '')) return [];
  const namespaces = proxyNamespaces(snapshot, gateway);
  const ref = refToCustom(gateway);
  return servers.flatMap((server, index) => {
    const name = credentialOf(server);
    const absent = namespaces.length > 0 && namespaces.every((namespace) => snapshot.lacks('Secret', namespace, name));
    if (name === '' || !absent) return [];
    const elsewhere = snapshot.list('Secret').find(({ metadata }) => metadata.name === name);
    const hint = elsewhere === undefined ? '' : `; there is one in namespace "${elsewhere.metadata.namespace}"`;
    const hosts = listAt(server, 'hosts').filter((host) => typeof host === 'string');
    return [
      finding(credentialMissing, {
        object: ref,
        cause: `${refText(ref)} takes the certificate of ${nameList(hosts.map((host) => said(host, 80)))} from Secret "${said(name, 120)}", which does not exist in namespace ${nameList(namespaces)}, where its proxies run${hint}.`,
        evidence: [fromSpec(ref, `spec.servers[${index}].tls.credentialName`, name)],
        since: lastChange(gateway),
        facet: name,
        because: namespaces.map((namespace) => ({ object: refByName('Secret', namespace, name) })),
      }),
    ];
  });
}

/** What leads nowhere at the edge of the mesh: routes of Gateways that are not there, and Gateways without their certificate. */
export function checkGateways(snapshot: Snapshot): Finding[] {
  const gateways = customOfKind(snapshot, networking, 'Gateway');
  // Without any of them it may be that they could not be read; of a part of the namespaces the rest is not known.
  if (gateways.length === 0 || snapshot.parts.namespaces !== undefined) return [];
  return [
    ...customOfKind(snapshot, networking, 'VirtualService').flatMap((route) => checkNames(gateways, route)),
    ...gateways.flatMap((gateway) => checkCredentials(snapshot, gateway)),
  ];
}
