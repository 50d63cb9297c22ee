import { nearMatches } from '@autodevops/agent-core/reading/near-match';
import { t } from '../../language/translate.ts';
import { find, keysOfAll, namesOf } from '../known-objects.ts';
import type { KnownObject } from '../known-objects.ts';
import type { ManifestProblem } from '../problem.ts';
import { namespaceOf } from '../reading/manifest.ts';
import { referencesOf } from '../reading/reference.ts';
import type { Reference } from '../reading/reference.ts';
import { fixByValue, problemAt } from './rule.ts';
import type { Checked, ManifestRule } from './rule.ts';

function namespaceOfReference({ manifest, home }: Checked, { kind, namespace }: Reference): string {
  return namespaceOf({ kind, namespace: namespace === '' ? namespaceOf(manifest, home) : namespace }, home);
}

/** Kinds that the cluster brings with it, or makes by itself. */
function isGiven({ kind, name }: Reference): boolean {
  return (
    (kind === 'ServiceAccount' && name === 'default') ||
    (kind === 'ConfigMap' && name === 'kube-root-ca.crt') ||
    (kind === 'PriorityClass' && name.startsWith('system-'))
  );
}

function missingName(checked: Checked, reference: Reference): readonly ManifestProblem[] {
  const { manifest, known } = checked;
  const { kind, name, path, optional } = reference;
  const namespace = namespaceOfReference(checked, reference);
  const sure = known.complete(kind, namespace);
  const near = nearMatches(name, namesOf(known.list(kind, namespace)));
  // A name that nobody knows may lie in the cluster, unless that was listed.
  if (optional || (!sure && near.length === 0)) return [];
  const absent =
    namespace === '' ? t('There is no {0} {1}.', kind, name) : t('There is no {0} {1} in {2}.', kind, name, namespace);
  const message = sure ? absent : t('No {0} {1} is in the workspace.', kind, name);
  const [best] = near;
  const fixes = near.map((other) => fixByValue(checked, path, other));
  return [
    problemAt(manifest, {
      path,
      code: 'missing-reference',
      severity: sure ? 'warning' : 'information',
      message: best === undefined ? message : t('{0} Is {1} meant?', message, best),
      fixes,
    }),
  ];
}

function missingKey(
  checked: Checked,
  { kind, name, key, optional }: Reference,
  objects: readonly KnownObject[],
): readonly ManifestProblem[] {
  if (key === undefined || key.name === '' || optional) return [];
  const keys = keysOfAll(objects);
  if (keys.includes(key.name)) return [];
  const near = nearMatches(key.name, keys);
  const said = t('{0} {1} has no key {2}.', kind, name, key.name);
  const [best] = near;
  const has = keys.length === 0 ? said : t('{0} It has {1}.', said, keys.slice(0, 5).join(', '));
  return [
    problemAt(checked.manifest, {
      path: key.path,
      code: 'missing-key',
      severity: 'warning',
      message: best === undefined ? has : t('{0} Is {1} meant?', said, best),
      fixes: (near.length === 0 ? keys.slice(0, 3) : near).map((other) => fixByValue(checked, key.path, other)),
    }),
  ];
}

/** A name or a key that does not exist. */
export const missingReference: ManifestRule = (checked) => {
  const seen = new Set<string>();
  return referencesOf(checked.manifest).flatMap((reference) => {
    if (reference.name === '' || isGiven(reference)) return [];
    const objects = find(checked.known, reference.kind, namespaceOfReference(checked, reference), reference.name);
    const problems = objects.length === 0 ? missingName(checked, reference) : missingKey(checked, reference, objects);
    // The same name stands beside each of its keys.
    return problems.filter(({ start }) => seen.size !== seen.add(String(start)).size);
  });
};
