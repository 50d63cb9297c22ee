import { nearMatches } from '@autodevops/agent-core/reading/near-match';
import { t } from '../../language/translate.ts';
import type { KnownObject, KnownObjects } from '../known-objects.ts';
import type { ManifestFix } from '../problem.ts';
import { textsAt } from '../reading/field-value.ts';
import { namespaceOf } from '../reading/manifest.ts';
import { podLabels } from '../reading/pod-template.ts';
import { fixByValue, problemAt } from './rule.ts';
import type { Checked, ManifestRule } from './rule.ts';

type Labels = Readonly<Record<string, string>>;

const workloads = ['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'Pod', 'Job', 'CronJob'];

export function selects(selector: Labels, labels: Labels): boolean {
  return Object.entries(selector).every(([key, value]) => labels[key] === value);
}

/** What makes pods in a namespace, as far as it is known. */
export function workloadsIn(known: KnownObjects, namespace: string): readonly KnownObject[] {
  return workloads.flatMap((kind) => known.list(kind, namespace));
}

/** What of a namespace a Service routes to, as far as it is known. */
export function selectedBy(selector: Labels, known: KnownObjects, namespace: string): readonly KnownObject[] {
  return Object.keys(selector).length === 0
    ? []
    : workloadsIn(known, namespace).filter((one) => selects(selector, podLabels(one) ?? {}));
}

/** Values of a selector that would have to be others for these labels; undefined where a key is missing or a value is nothing like it. */
function difference(selector: Labels, labels: Labels): readonly (readonly [key: string, value: string])[] | undefined {
  const wrong = Object.entries(selector).filter(([key, value]) => labels[key] !== value);
  const near = wrong.every(([key, value]) => labels[key] !== undefined && nearMatches(value, [labels[key]]).length > 0);
  return near ? wrong.map(([key]) => [key, labels[key] ?? '']) : undefined;
}

function fixFor(
  checked: Checked,
  path: readonly string[],
  values: readonly (readonly [string, string])[],
): ManifestFix | undefined {
  const edits = values.flatMap(([key, value]) => fixByValue(checked, [...path, key], value)?.edits ?? []);
  return edits.length === 0
    ? undefined
    : { title: t('Select {0}', values.map(([key, value]) => `${key}=${value}`).join(', ')), edits };
}

/** A Service whose selector fits nothing here, and nearly fits something. */
export const serviceSelector: ManifestRule = (checked) => {
  const { manifest, known, home } = checked;
  if (manifest.kind !== 'Service') return [];
  const namespace = namespaceOf(manifest, home);
  const selector = textsAt(manifest.value, 'spec', 'selector');
  if (Object.keys(selector).length === 0 || selectedBy(selector, known, namespace).length > 0) return [];
  const near = workloadsIn(known, namespace).flatMap((one) => {
    const values = difference(selector, podLabels(one) ?? {});
    return values === undefined || values.length === 0 ? [] : [{ one, values }];
  });
  const [best] = near;
  if (best === undefined) return [];
  const [[key] = ['']] = best.values;
  const message = t(
    'It selects no pod that is described here. {0} {1} has {2}.',
    best.one.kind,
    best.one.name,
    best.values.map(([name, value]) => `${name}=${value}`).join(', '),
  );
  return [
    problemAt(manifest, {
      path: ['spec', 'selector', key],
      code: 'selector',
      severity: 'warning',
      message,
      fixes: near.slice(0, 3).map(({ values }) => fixFor(checked, ['spec', 'selector'], values)),
    }),
  ];
};

/** A workload that would not know its own pods: the server refuses it. */
export const workloadSelector: ManifestRule = (checked) => {
  const { manifest } = checked;
  if (!['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet'].includes(manifest.kind)) return [];
  const labels = podLabels(manifest) ?? {};
  const wrong = Object.entries(textsAt(manifest.value, 'spec', 'selector', 'matchLabels')).filter(
    ([key, value]) => labels[key] !== value,
  );
  return wrong.map(([key, value]) => {
    const has = labels[key];
    const message =
      has === undefined
        ? t('The pods of the template have no label {0}: the server refuses that.', key)
        : t('The pods of the template have {0}={1}, not {2}: the server refuses that.', key, has, value);
    const fixes = [
      fixByValue(
        checked,
        ['spec', 'template', 'metadata', 'labels', key],
        value,
        t('Label the pods {0}={1}', key, value),
      ),
      ...(has === undefined
        ? []
        : [fixByValue(checked, ['spec', 'selector', 'matchLabels', key], has, t('Select {0}', `${key}=${has}`))]),
    ];
    return problemAt(manifest, {
      path: ['spec', 'selector', 'matchLabels', key],
      code: 'own-selector',
      severity: 'error',
      message,
      fixes,
    });
  });
};
