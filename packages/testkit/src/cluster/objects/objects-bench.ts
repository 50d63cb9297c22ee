import { randomBytes } from 'node:crypto';
import type { ClusterOperation, Manifest, PatchStep } from '@autodevops/domain/change/operation';
import { targetOf } from '@autodevops/domain/ports/cluster-objects';
import type { ClusterObjects, ObjectName, SendOptions } from '@autodevops/domain/ports/cluster-objects';

export interface ObjectsSetting {
  readonly open: () => Promise<ClusterObjects>;
  /** Makes an object as somebody else would, who is not `autodevops`. */
  readonly put: (object: Readonly<Record<string, unknown>>) => Promise<void>;
  /** Writes the status of an object, as its controller or kubelet would. */
  readonly setStatus: (name: ObjectName, status: Readonly<Record<string, unknown>>) => Promise<void>;
  /** Whether the server knows the fields of each kind, so that one it does not know is refused. */
  readonly knowsFields: boolean;
}

/** What the parts of the suite work with. */
export interface ObjectsBench {
  readonly setting: ObjectsSetting;
  /** Opened before the first test. */
  readonly objects: () => ClusterObjects;
  /** Made before the first test, and of nobody else. */
  readonly namespace: string;
  readonly soon: () => AbortSignal;
  readonly configMap: (
    name: string,
    data: Readonly<Record<string, string>>,
  ) => {
    apiVersion: string;
    kind: string;
    metadata: { name: string; namespace: string };
    data: Readonly<Record<string, string>>;
  };
  readonly named: (kind: string, name: string, apiVersion?: string) => ObjectName;
}

/** Who may do nothing; where the adapter's rights are made for the suite, they say so. */
export const stranger = 'conformance-stranger';

export function objectsBench(setting: ObjectsSetting): ObjectsBench & { readonly start: () => Promise<void> } {
  const namespace = `conformance-${randomBytes(4).toString('hex')}`;
  let opened: ClusterObjects | undefined;
  return {
    setting,
    namespace,
    objects: () => {
      if (opened === undefined) throw new Error('not opened yet');
      return opened;
    },
    start: async () => {
      opened = await setting.open();
      await setting.put({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } });
    },
    soon: () => AbortSignal.timeout(30_000),
    configMap: (name, data) => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace }, data }),
    named: (kind, name, apiVersion = 'v1') => ({ apiVersion, kind, namespace, name }),
  };
}

export const changeId = 'chg-conformance1';

export function sending({ soon }: ObjectsBench, more: Partial<SendOptions> = {}): SendOptions {
  return { signal: soon(), dryRun: false, changeId, ...more };
}

export function patch(object: Manifest, steps: readonly PatchStep[], subresource: '' | 'scale' = ''): ClusterOperation {
  return { verb: 'patch', target: targetOf(object), subresource, steps: [...steps] };
}

export function must<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('there is nothing');
  return value;
}
