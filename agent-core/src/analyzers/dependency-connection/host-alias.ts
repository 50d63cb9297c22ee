import { refTo } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { fromSpec } from '../../evidence/finding.ts';
import { listAt, textAt } from '../../reading/json-value.ts';
import type { MissedDependency } from '../../reading/network/dependency-of-container.ts';
import { said } from '../../reading/said.ts';
import type { TroubledContainer } from '../../reading/pods/troubled-container.ts';
import type { Detour } from './detour.ts';

interface Alias {
  readonly index: number;
  readonly ip: string;
  readonly names: readonly string[];
}

function aliasesOf({ pod }: TroubledContainer): readonly Alias[] {
  return listAt(pod.spec.hostAliases).map((entry, index) => ({
    index,
    ip: textAt(entry, 'ip'),
    names: listAt(entry, 'hostnames').filter((name) => typeof name === 'string'),
  }));
}

/**
 * The pod's own hosts file comes before any DNS: what it says of a name is where the container goes, whatever Service has
 * that name. Undefined where the file says nothing of the name, or what DNS would say, too.
 */
export function hostAlias(
  snapshot: Snapshot,
  troubled: TroubledContainer,
  { dependency: { host, kind, ref } }: MissedDependency,
): Detour | undefined {
  const alias = aliasesOf(troubled).find(({ ip, names }) => ip !== '' && (names.includes(host) || ip === host));
  if (alias === undefined) return undefined;
  const name = alias.names.includes(host) ? host : (alias.names[0] ?? host);
  const service =
    kind === 'service' && ref !== undefined ? snapshot.get('Service', ref.namespace, ref.name) : undefined;
  if (service?.spec.clusterIP === alias.ip) return undefined;
  const { ip } = alias;
  const field = '`hostAliases` of its workload';
  return {
    says: `, which \`hostAliases\` of its pod send to ${said(ip, 60)}${service === undefined ? '' : ' and not to that Service'}`,
    evidence: [
      fromSpec(refTo('Pod', troubled.pod), `spec.hostAliases[${alias.index}]`, `${ip} ${alias.names.join(' ')}`),
    ],
    step:
      service === undefined
        ? `Check that ${said(ip, 60)} is still the address of "${said(name, 120)}", or take the name out of ${field}.`
        : `Take "${said(name, 120)}" out of ${field}: DNS then leads to Service ${service.metadata.namespace}/${service.metadata.name}.`,
  };
}
