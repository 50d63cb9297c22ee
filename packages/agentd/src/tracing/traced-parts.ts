import type { ClusterReader } from '@autodevops/domain/ports/cluster';
import type { ClusterObjects } from '@autodevops/domain/ports/cluster-objects';
import type { Store } from '@autodevops/domain/ports/store';
import type { Tracer } from '@autodevops/domain/ports/tracer';

/** A reader whose snapshots and logs are told, and the rules that look at them. */
export function tracedReader(reader: ClusterReader, tracer: Tracer): ClusterReader {
  return {
    ...reader,
    tracer,
    snapshot: async (request, options) =>
      await tracer.span(
        {
          name: 'snapshot',
          kind: 'client',
          facts: { 'snapshot.kinds': request.kinds.length, 'snapshot.namespaces': request.namespaces?.length ?? 0 },
        },
        async () => await reader.snapshot(request, options),
      ),
    logs: async (requests, options) =>
      await tracer.span(
        { name: 'logs', kind: 'client', facts: { 'logs.requested': requests.length } },
        async (span) => {
          const logs = await reader.logs(requests, options);
          span.note({ 'logs.read': logs.length });
          return logs;
        },
      ),
  };
}

interface Named {
  readonly kind: string;
  readonly namespace: string;
  readonly name?: string;
}

function objectFacts({ kind, namespace, name }: Named): Readonly<Record<string, string>> {
  return {
    'k8s.object.kind': kind,
    'k8s.namespace.name': namespace,
    ...(name === undefined ? {} : { 'k8s.object.name': name }),
  };
}

/** Objects whose single reads and writes are told, as parts of what wanted them. */
export function tracedObjects(objects: ClusterObjects, tracer: Tracer): ClusterObjects {
  return {
    ...objects,
    get: async (name, options) =>
      await tracer.span(
        { name: 'cluster get', kind: 'client', partOnly: true, facts: objectFacts(name) },
        async () => await objects.get(name, options),
      ),
    list: async (request, options) =>
      await tracer.span(
        { name: 'cluster list', kind: 'client', partOnly: true, facts: objectFacts(request) },
        async () => await objects.list(request, options),
      ),
    send: async (operation, options) =>
      await tracer.span(
        {
          name: `cluster ${operation.verb}`,
          kind: 'client',
          partOnly: true,
          facts: { 'autodevops.change': options.changeId, 'autodevops.dry_run': options.dryRun },
        },
        async () => await objects.send(operation, options),
      ),
  };
}

type Call = (...given: never[]) => Promise<unknown>;
type Parts = Omit<Store, 'close'>;
/** Every method of a store's parts answers by a promise; the compiler sees to it that it stays so. */
type Promising = { readonly [Name in keyof Parts]: { readonly [Method in keyof Parts[Name]]: Call } };

function tracedPart(
  name: string,
  part: Readonly<Record<string, Call>>,
  tracer: Tracer,
): Readonly<Record<string, Call>> {
  const methods = Object.entries(part).map(([method, call]): [string, Call] => [
    method,
    async (...given) =>
      await tracer.span(
        { name: `store ${name}.${method}`, kind: 'client', partOnly: true },
        async () => await call.apply(part, given),
      ),
  ]);
  return Object.fromEntries(methods);
}

/** A store whose transactions are told, as parts of what wanted them: without what is in them. */
export function tracedStore(store: Store, tracer: Tracer): Store {
  const { close: _close, ...parts } = store;
  const promising: Promising = parts;
  const traced = Object.entries(promising).map(([name, part]) => [name, tracedPart(name, part, tracer)]);
  return {
    ...(Object.fromEntries(traced) as Parts),
    close: async () => {
      await store.close();
    },
  };
}
