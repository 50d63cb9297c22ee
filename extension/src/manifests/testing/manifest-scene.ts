import { knownFrom, together } from '../known-objects.ts';
import type { KnownObject, KnownObjects } from '../known-objects.ts';
import { withEdits } from '../editing/text-edit.ts';
import type { ManifestProblem } from '../problem.ts';
import type { ManifestRule } from '../rules/rule.ts';
import { namespaceOf, readManifests } from '../reading/manifest.ts';

export const home = 'shop';

/** Objects of these files, as the workspace holds them. */
export function objectsOf(...files: readonly string[]): readonly KnownObject[] {
  return files
    .flatMap((text) => readManifests(text))
    .map(({ kind, name, namespace, value }) => ({
      kind,
      name,
      value,
      namespace: namespaceOf({ kind, namespace }, home),
    }));
}

/** A cluster in which these are all the objects of those kinds. */
export function clusterOf(objects: readonly KnownObject[], ...kinds: readonly string[]): KnownObjects {
  const held = knownFrom(objects);
  return { list: held.list, complete: (kind) => kinds.includes(kind) };
}

interface Told extends ManifestProblem {
  /** What it points at. */
  readonly at: string;
  /** The text after each of its fixes. */
  readonly fixed: readonly string[];
}

/** What a rule says of a file that lies beside others. */
export function tell(
  rule: ManifestRule,
  text: string,
  {
    beside = [],
    cluster = knownFrom([]),
  }: { readonly beside?: readonly string[]; readonly cluster?: KnownObjects } = {},
): readonly Told[] {
  const known = together(knownFrom(objectsOf(text, ...beside)), cluster);
  const problems = readManifests(text).flatMap((manifest) => rule({ manifest, text, home, known }));
  return problems.map((one) => ({
    ...one,
    at: text.slice(one.start, one.end),
    fixed: one.fixes.map(({ edits }) => withEdits(text, edits)),
  }));
}

/** A Deployment `web` of one container with these lines in it. */
export function deployment(lines: string, name = 'web'): string {
  const inner = lines
    .split('\n')
    .map((line) => `        ${line}`)
    .join('\n');
  return `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: ${name}}\nspec:\n  selector: {matchLabels: {app: ${name}}}\n  template:\n    metadata: {labels: {app: ${name}}}\n    spec:\n      containers:\n      - name: app\n        image: nginx:1\n${inner}\n`;
}

export function configMap(name: string, ...keys: readonly string[]): string {
  return `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}}\ndata: {${keys.map((key) => `${key}: x`).join(', ')}}\n`;
}

export function service(spec: string, name = 'web'): string {
  return `apiVersion: v1\nkind: Service\nmetadata: {name: ${name}}\nspec: ${spec}\n`;
}
