import { AutoDevOpsError } from '@autodevops/domain/errors';
import type { ObjectName } from '../tree/subject.ts';
import type { WindowParts } from '../window-parts.ts';

function option(name: string, value: string | undefined): readonly string[] {
  return value === undefined || value === '' ? [] : [`--${name}=${value}`];
}

/** Options that name the cluster of this window to a command of the program. Throws where there is none. */
export function clusterArguments({ wanted, clusters }: Pick<WindowParts, 'wanted' | 'clusters'>): readonly string[] {
  const which = wanted();
  if (which instanceof AutoDevOpsError) throw which;
  return [
    ...option('context', which.context ?? clusters.state.value.chosen?.name),
    ...option('kubeconfig', which.kubeconfig),
  ];
}

/** Options that name the agent of this window. Throws where there is none. */
export function agentArguments(parts: Pick<WindowParts, 'wanted' | 'clusters'>): readonly string[] {
  const which = parts.wanted();
  if (which instanceof AutoDevOpsError) throw which;
  return which.config === undefined
    ? clusterArguments(parts)
    : [...option('config', which.config), ...option('kubeconfig', which.kubeconfig)];
}

/** `-n shop Deployment/web`. */
export function objectArguments({ kind, namespace, name }: ObjectName): readonly string[] {
  return [...option('namespace', namespace), `${kind}/${name}`];
}
