import { z } from 'zod';
import type { Manifest } from '@autodevops/domain/change/operation';
import { parseQuantity } from '@autodevops/domain/quantity';
import { QuantityText, canonicalQuantity } from '../../patches/canonical-quantity.ts';
import { fieldAt } from '../../patches/field-patch.ts';
import type { FieldPath } from '../../patches/field-patch.ts';
import type { ContainerResources } from '../../standing/limit-range-breaches.ts';
import { resourceNames } from './bounds.ts';
import type { ResourceName } from './bounds.ts';
import { ContainerName } from '../../targets/workload-template.ts';

const Quantities = z.strictObject({ cpu: QuantityText.optional(), memory: QuantityText.optional() });

export const Params = z
  .strictObject({
    container: ContainerName,
    requests: Quantities.optional(),
    limits: Quantities.optional(),
  })
  .refine(({ requests, limits }) => Object.keys({ ...requests, ...limits }).length > 0, 'says no request and no limit');
export type Params = z.infer<typeof Params>;

/** One value that is to change: `limits.memory` from `128Mi` to `256Mi`. */
export interface ValueChange {
  readonly list: 'requests' | 'limits';
  readonly resource: ResourceName;
  /** Undefined where nothing is set. */
  readonly from: string | undefined;
  readonly to: string;
}

const strings = z.record(z.string(), z.union([z.string(), z.number()]).transform(String)).catch({});

export function resourcesAt(workload: Manifest, container: FieldPath): ContainerResources {
  const at = (list: string): Record<string, string> =>
    strings.parse(fieldAt(workload, [...container, 'resources', list]) ?? {});
  return { requests: at('requests'), limits: at('limits') };
}

/** Values that differ from the present ones by more than the way of writing them. */
export function valueChanges(present: ContainerResources, params: Params): readonly ValueChange[] {
  return (['requests', 'limits'] as const).flatMap((list) =>
    resourceNames.flatMap((resource) => {
      const to = canonicalQuantity(params[list]?.[resource] ?? '');
      const from = present[list][resource];
      return to === undefined || parseQuantity(to) === parseQuantity(from) ? [] : [{ list, resource, from, to }];
    }),
  );
}

export function withChanges(present: ContainerResources, changes: readonly ValueChange[]): ContainerResources {
  const set = (list: ValueChange['list']): Record<string, string> => ({
    ...present[list],
    ...Object.fromEntries(
      changes.filter((change) => change.list === list).map((change) => [change.resource, change.to]),
    ),
  });
  return { requests: set('requests'), limits: set('limits') };
}
