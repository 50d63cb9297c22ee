import { canonicalJson } from '@autodevops/domain/canonical-json';
import { labelSelector } from '@autodevops/domain/kubernetes/metadata';
import type { Manifest } from '@autodevops/domain/change/operation';
import { refText } from '@autodevops/domain/object-ref';
import type { ClusterView } from '@autodevops/domain/ports/cluster-objects';
import { matchesSelector } from '../../reading/selector.ts';
import { fieldAt } from '../../scarlet/patches/field-patch.ts';
import { refuse } from '../../scarlet/refusal.ts';
import type { BeforeAfter } from './before-after.ts';
import { joinsService } from './endpoint-loss.ts';
import { templateLabels } from './template-labels.ts';

/** What guards pods by their labels, and where it says which. */
const guards = [
  { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', selector: ['spec', 'podSelector'] },
  { apiVersion: 'policy/v1', kind: 'PodDisruptionBudget', selector: ['spec', 'selector'] },
] as const;

function nameOf({ kind, metadata: { namespace = '', name } }: Manifest): string {
  return refText({ kind, namespace, name });
}

function selects(guard: Manifest, path: readonly string[], labels: Readonly<Record<string, string>>): boolean {
  const selector = fieldAt(guard, path);
  return selector !== undefined && selector !== null && matchesSelector(labelSelector.read(selector), labels);
}

/** Refused where pods would leave what guards them: changing their labels is no way round a guard that may not be deleted. */
async function guardNotes(
  { object, before, after }: BeforeAfter,
  view: ClusterView,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const [was, is] = [templateLabels(before), templateLabels(after)];
  const notes: string[] = [];
  for (const { apiVersion, kind, selector } of guards) {
    for (const guard of await view.list({ apiVersion, kind, namespace: object.namespace }, { signal })) {
      const [guarded, guardedThen] = [
        before !== undefined && selects(guard, selector, was),
        selects(guard, selector, is),
      ];
      if (guarded && !guardedThen) {
        refuse(
          `By their new labels the pods of ${refText(object)} would leave ${nameOf(guard)}, which guards them.`,
          'Keep the labels that it selects. This is a precondition of every change: no policy lifts it.',
        );
      }
      if (before !== undefined && !guarded && guardedThen) {
        notes.push(`By their new labels ${nameOf(guard)} holds for the pods of ${refText(object)}.`);
      }
    }
  }
  return notes;
}

async function serviceNotes(change: BeforeAfter, view: ClusterView, signal: AbortSignal): Promise<readonly string[]> {
  const { namespace } = change.object;
  const services = await view.list({ apiVersion: 'v1', kind: 'Service', namespace }, { signal });
  const joined = services.filter((service) =>
    joinsService(change, {
      namespace,
      selector: (fieldAt(service, ['spec', 'selector']) ?? {}) as Readonly<Record<string, string>>,
    }),
  );
  return joined.map(
    (service) =>
      `The pods of ${refText(change.object)} would get traffic of ${nameOf(service)}, beside those that have it now.`,
  );
}

function isRelabelled({ before, after }: BeforeAfter): boolean {
  return after !== undefined && canonicalJson(templateLabels(before)) !== canonicalJson(templateLabels(after));
}

/**
 * What becomes of pods by other labels than before, by the server's own dry run: which Services send to them, which guards
 * hold for them. Throws `change.refused` where they would leave a guard, `cluster.*` where that cannot be read.
 */
export async function labelEffects(
  changes: readonly BeforeAfter[],
  view: ClusterView,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const each = await Promise.all(
    changes
      .filter(isRelabelled)
      .map(async (change) => [
        ...(await guardNotes(change, view, signal)),
        ...(await serviceNotes(change, view, signal)),
      ]),
  );
  return each.flat();
}
