import type { Container } from '@autodevops/domain/kubernetes/pod';
import { oneLine } from '@autodevops/domain/printable';
import { redactValue } from '@autodevops/domain/redact';
import type { Snapshot } from '@autodevops/domain/snapshot';
import type { Running } from './templates-of.ts';

const longest = 200;

/** An environment variable as it may be shown: what a Secret holds is not read. */
export interface Variable {
  readonly container: string;
  readonly name: string;
  readonly value: string;
  readonly from: string;
}

type Told = Omit<Variable, 'container'>;

function shown(name: string, value: string): string {
  return oneLine(redactValue(name, value), longest);
}

function own(snapshot: Snapshot, namespace: string, { env }: Container): readonly Told[] {
  return env.map(({ name, value = '', valueFrom }): Told => {
    const { configMapKeyRef: map, secretKeyRef: secret, fieldRef: field, resourceFieldRef: resource } = valueFrom ?? {};
    if (secret !== undefined) return { name, value: '(not read)', from: `Secret ${secret.name}, key ${secret.key}` };
    if (field !== undefined || resource !== undefined) {
      return { name, value: '', from: `field ${field?.fieldPath ?? resource?.resource ?? ''}` };
    }
    if (map === undefined) return { name, value: shown(name, value), from: '' };
    const held = snapshot.get('ConfigMap', namespace, map.name)?.data[map.key];
    return {
      name,
      value: held === undefined ? '(not there)' : shown(name, held),
      from: `ConfigMap ${map.name}, key ${map.key}`,
    };
  });
}

function whole(snapshot: Snapshot, namespace: string, { envFrom }: Container): readonly Told[] {
  return envFrom.flatMap(({ prefix = '', configMapRef, secretRef }): readonly Told[] => {
    if (secretRef !== undefined) {
      const keys = snapshot.get('Secret', namespace, secretRef.name)?.keys ?? [];
      return keys.map((key) => ({ name: `${prefix}${key}`, value: '(not read)', from: `Secret ${secretRef.name}` }));
    }
    const data = Object.entries(snapshot.get('ConfigMap', namespace, configMapRef?.name ?? '')?.data ?? {});
    return data.map(([key, value]) => ({
      name: `${prefix}${key}`,
      value: shown(key, value),
      from: `ConfigMap ${configMapRef?.name ?? ''}`,
    }));
  });
}

/** The variables of every container of what runs. */
export function variablesOf(snapshot: Snapshot, running: readonly Running[]): readonly Variable[] {
  return running.flatMap(({ ref, spec }) =>
    [...spec.initContainers, ...spec.containers].flatMap((c) =>
      [...whole(snapshot, ref.namespace, c), ...own(snapshot, ref.namespace, c)].map((variable) => ({
        ...variable,
        container: c.name,
      })),
    ),
  );
}
