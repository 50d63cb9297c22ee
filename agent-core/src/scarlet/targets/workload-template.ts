import { z } from 'zod';
import type { Manifest, PatchStep } from '@autodevops/domain/change/operation';
import { podTemplate } from '@autodevops/domain/kubernetes/pod';
import type { PodTemplate } from '@autodevops/domain/kubernetes/pod';
import { nameList } from '../../reading/name-list.ts';
import { nearMatches } from '../../reading/near-match.ts';
import { fieldAt, guardField } from '../patches/field-patch.ts';
import type { FieldPath } from '../patches/field-patch.ts';
import { manifestName } from './manifest-name.ts';
import { refuse } from '../refusal.ts';

/** Kinds whose pod template can be changed. A Job's cannot; pods and ReplicaSets are made from their owner's. */
export const templateKinds = ['Deployment', 'StatefulSet', 'DaemonSet', 'CronJob'] as const;

export const ContainerName = z
  .string()
  .max(63)
  .regex(/^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/, 'not the name of a container');

export function templatePath(workload: Manifest): FieldPath {
  return workload.kind === 'CronJob' ? ['spec', 'jobTemplate', 'spec', 'template'] : ['spec', 'template'];
}

/** The pod template, read; every list and map is there. */
export function templateOf(workload: Manifest): PodTemplate {
  return podTemplate.read(fieldAt(workload, templatePath(workload)));
}

/** Where a container stands in its workload. */
export interface ContainerPlace {
  readonly name: string;
  readonly init: boolean;
  readonly path: FieldPath;
  /** A test that it still stands there: goes before any step below `path`. */
  readonly guard: readonly PatchStep[];
}

/** Init containers first, in the order in which they run. */
export function containerPlaces(workload: Manifest): readonly ContainerPlace[] {
  const base = [...templatePath(workload), 'spec'];
  return (['initContainers', 'containers'] as const).flatMap((list) => {
    const items = fieldAt(workload, [...base, list]);
    return (Array.isArray(items) ? items : []).map((item: unknown, index) => {
      const path = [...base, list, index];
      return {
        name: String(fieldAt(item, ['name'])),
        init: list === 'initContainers',
        path,
        guard: guardField(workload, [...path, 'name']),
      };
    });
  });
}

/** The container of that name; refused when there is none, with the names that are near. */
export function containerPlace(workload: Manifest, name: string): ContainerPlace {
  const places = containerPlaces(workload);
  const found = places.find((place) => place.name === name);
  if (found !== undefined) return found;
  const names = places.map((place) => place.name);
  const near = nearMatches(name, names);
  return refuse(
    `${manifestName(workload)} has no container "${name}".`,
    near.length > 0 ? `Did you mean ${nameList(near)}?` : `It has ${nameList(names, 8)}.`,
  );
}
