import { expect, it } from 'vitest';
import { object, statefulSetName } from '../testing/objects.ts';
import { checkVolumeLoss } from './volume-loss.ts';

const claims = { volumeClaimTemplates: [{ metadata: { name: 'data' } }] };
const policy = (whenScaled: string, whenDeleted = 'Retain') => ({
  persistentVolumeClaimRetentionPolicy: { whenScaled, whenDeleted },
});

it('refuses fewer replicas where the volumes of those that go are deleted with them', () => {
  const workload = object(statefulSetName, { spec: { ...claims, ...policy('Delete') } });
  expect(() => checkVolumeLoss(workload)).toThrow(
    expect.objectContaining({
      code: 'change.refused',
      message:
        'The volumes of the pods that go would be deleted: persistentVolumeClaimRetentionPolicy.whenScaled of StatefulSet shop/db is Delete.',
    }),
  );
});

it.each([
  ['nothing is said of them', claims],
  ['they are kept', { ...claims, ...policy('Retain') }],
  ['only the end of the whole set deletes them', { ...claims, ...policy('Retain', 'Delete') }],
  ['there are none', policy('Delete')],
])('lets it be where %s', (_name, spec) => {
  expect(() => checkVolumeLoss(object(statefulSetName, { spec }))).not.toThrow();
});
