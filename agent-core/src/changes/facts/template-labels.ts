import type { Manifest } from '@autodevops/domain/change/operation';
import { fieldAt } from '../../scarlet/patches/field-patch.ts';
import { templatePath } from '../../scarlet/targets/workload-template.ts';

/** Labels of the pods that a workload makes; none where it makes none. */
export function templateLabels(workload: Manifest | undefined): Readonly<Record<string, string>> {
  if (workload === undefined) return {};
  return (fieldAt(workload, [...templatePath(workload), 'metadata', 'labels']) ?? {}) as Readonly<
    Record<string, string>
  >;
}
