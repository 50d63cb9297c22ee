import type { ClusterSource, LiveObject } from '../manifests/live/cluster-source.ts';

/** A cluster that holds these objects and nothing else. */
export function stubSource(objects: readonly LiveObject[]): ClusterSource & { readonly lists: string[] } {
  const lists: string[] = [];
  return {
    lists,
    key: () => 'stub',
    get: async ({ kind, namespace, name }) =>
      objects.find(
        (one) => one.kind === kind && one.metadata.name === name && (one.metadata.namespace ?? '') === namespace,
      ),
    list: async ({ kind, namespace }) => {
      lists.push(`${kind} ${namespace}`);
      return objects.filter((one) => one.kind === kind && (namespace === '' || one.metadata.namespace === namespace));
    },
  };
}
