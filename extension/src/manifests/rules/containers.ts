import { nearMatches } from '@autodevops/agent-core/reading/near-match';
import { parseQuantity } from '@autodevops/domain/quantity';
import { t } from '../../language/translate.ts';
import type { ManifestProblem } from '../problem.ts';
import { listAt, mapAt, textAt } from '../reading/field-value.ts';
import { containersOf, templatePath } from '../reading/pod-template.ts';
import type { ContainerField } from '../reading/pod-template.ts';
import { fixByValue, problemAt } from './rule.ts';
import type { Checked, ManifestRule } from './rule.ts';

/** A mount of a volume that the pod does not have: the server refuses it. */
export const volumeMount: ManifestRule = (checked) => {
  const { kind, value } = checked.manifest;
  const template = templatePath(kind);
  if (template === undefined) return [];
  const claims =
    kind === 'StatefulSet'
      ? listAt(value, 'spec', 'volumeClaimTemplates').map((claim) => textAt(claim, 'metadata', 'name'))
      : [];
  const volumes = [...listAt(value, ...template, 'spec', 'volumes').map((volume) => textAt(volume, 'name')), ...claims];
  return containersOf(checked.manifest).flatMap(({ value: container, path }) =>
    listAt(container, 'volumeMounts').flatMap((mount, index) => {
      const name = textAt(mount, 'name');
      if (name === '' || volumes.includes(name)) return [];
      const at = [...path, 'volumeMounts', index, 'name'];
      const near = nearMatches(name, volumes);
      return [
        problemAt(checked.manifest, {
          path: at,
          code: 'volume-mount',
          severity: 'error',
          message: t('The pod has no volume {0}: the server refuses that.', name),
          fixes: (near.length === 0 ? volumes.slice(0, 3) : near).map((other) => fixByValue(checked, at, other)),
        }),
      ];
    }),
  );
};

function amountProblems(checked: Checked, { value, path, name }: ContainerField): readonly ManifestProblem[] {
  const amounts = (list: 'requests' | 'limits') => mapAt(value, 'resources', list);
  const unreadable = (['requests', 'limits'] as const).flatMap((list) =>
    Object.keys(amounts(list)).flatMap((resource) => {
      const given = textAt(amounts(list), resource);
      if (given === '' || parseQuantity(given) !== undefined) return [];
      const suggestion = /^(\d+(?:\.\d+)?)\s*([KMGT])i?B$/i.exec(given);
      const at = [...path, 'resources', list, resource];
      return [
        problemAt(checked.manifest, {
          path: at,
          code: 'quantity',
          severity: 'error',
          message: t('{0} is no quantity: the server refuses that.', given),
          fixes:
            suggestion === null ? [] : [fixByValue(checked, at, `${suggestion[1]}${suggestion[2]?.toUpperCase()}i`)],
        }),
      ];
    }),
  );
  const above = Object.keys(amounts('requests')).flatMap((resource) => {
    const [asked, most] = [textAt(amounts('requests'), resource), textAt(amounts('limits'), resource)];
    if ((parseQuantity(asked) ?? 0) <= (parseQuantity(most) ?? Infinity)) return [];
    const message = t(
      'Container {0} asks for {1} of {2} and may have {3}: the server refuses that.',
      name,
      asked,
      resource,
      most,
    );
    const at = (list: string) => [...path, 'resources', list, resource];
    return [
      problemAt(checked.manifest, {
        path: at('requests'),
        code: 'request-above-limit',
        severity: 'error',
        message,
        fixes: [
          fixByValue(checked, at('requests'), most, t('Ask for {0}', most)),
          fixByValue(checked, at('limits'), asked, t('Raise the limit to {0}', asked)),
        ],
      }),
    ];
  });
  return [...unreadable, ...above];
}

/** Amounts that no server takes. */
export const resourceAmounts: ManifestRule = (checked) =>
  containersOf(checked.manifest).flatMap((container) => amountProblems(checked, container));
