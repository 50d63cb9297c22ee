import { z } from 'zod';
import type { Manifest } from '@autodevops/domain/change/operation';
import { action } from '../../action.ts';
import { fieldAt } from '../../patches/field-patch.ts';
import { LabelKey, LabelValue } from '../../targets/label-names.ts';
import { manifestName } from '../../targets/manifest-name.ts';
import { markedKinds, markOf, marksStanding, planMarks } from '../../patches/metadata-change.ts';
import { refuse } from '../../refusal.ts';

const Params = z.strictObject({
  labels: z
    .record(LabelKey, LabelValue.nullable())
    .refine((labels) => Object.keys(labels).length > 0, 'has to name a label')
    .describe('null removes one'),
});
type Params = z.infer<typeof Params>;

/** Keys that the object's own selector names. */
function selectedKeys(object: Manifest): readonly string[] {
  const selector = fieldAt(object, ['spec', 'selector']);
  const labels = Object.keys(
    (fieldAt(selector, ['matchLabels']) ?? (object.kind === 'Service' ? selector : undefined) ?? {}) as object,
  );
  const expressions = fieldAt(selector, ['matchExpressions']);
  return [
    ...labels,
    ...(Array.isArray(expressions)
      ? expressions.map((expression: unknown) => String(fieldAt(expression, ['key'])))
      : []),
  ];
}

/** Pods and volumes are put on nodes by labels, so those that a node has stay; new ones may be added. */
function check(object: Manifest, keys: readonly string[]): void {
  const selected = selectedKeys(object);
  const used = keys.find((key) => selected.includes(key));
  if (used !== undefined) {
    refuse(
      `The selector of ${manifestName(object)} names ${used}.`,
      'Change the manifest, selector and labels together.',
    );
  }
  const present = object.kind === 'Node' ? keys.find((key) => markOf(object, 'labels', key) !== undefined) : undefined;
  if (present !== undefined) {
    refuse(
      `${manifestName(object)} has a label ${present}: pods and volumes may be on it because of that.`,
      'Add another label, or drain the node first.',
    );
  }
}

export const labelObject = action<Params>({
  name: 'label-object',
  title: 'Set labels',
  kinds: markedKinds,
  params: Params,
  risk: 'medium',
  patience: 60,
  plan: (request, live) => planMarks(request, { field: 'labels', marks: request.params.labels }, live, check),
  verify: (request, live) => marksStanding(request, { field: 'labels', marks: request.params.labels }, live),
});
