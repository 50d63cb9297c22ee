import { defaultLocalName, localContext } from '@autodevops/domain/local-cluster';
import type { Configuration } from './configuration.ts';

type WithCluster = Pick<Configuration, 'cluster'>;

/** The context that a configuration fixes, by itself or by the name of its local cluster. */
export function namedContext({ cluster: { context, type, name } }: WithCluster): string | undefined {
  if (context !== undefined) return context;
  return type === 'kind' && name !== undefined ? localContext(name) : undefined;
}

/** The context where nobody names one: that of the usual local cluster, or the current one (undefined). */
export function usualContext({ cluster: { type } }: WithCluster): string | undefined {
  return type === 'kind' ? localContext(defaultLocalName) : undefined;
}
