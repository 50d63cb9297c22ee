import { z } from 'zod';
import { action } from '../../action.ts';
import { LabelKey } from '../../targets/label-names.ts';
import { markedKinds, marksStanding, planMarks } from '../../patches/metadata-change.ts';

const Params = z.strictObject({
  annotations: z
    .record(LabelKey, z.string().max(4096).nullable())
    .refine((annotations) => Object.keys(annotations).length > 0, 'has to name an annotation')
    .describe('null removes one'),
});
type Params = z.infer<typeof Params>;

export const annotateObject = action<Params>({
  name: 'annotate-object',
  title: 'Set annotations',
  kinds: markedKinds,
  params: Params,
  risk: 'medium',
  patience: 60,
  plan: (request, live) =>
    planMarks(request, { field: 'annotations', marks: request.params.annotations }, live, () => {}),
  verify: (request, live) => marksStanding(request, { field: 'annotations', marks: request.params.annotations }, live),
});
