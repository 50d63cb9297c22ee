import { expect, it } from 'vitest';
import { deploymentName, object } from '../testing/objects.ts';
import { patchAndBack } from './object-patch.ts';

const workload = object(deploymentName, { spec: { replicas: 2 } });

it('a patch comes with the one that takes it back', () => {
  const { operations, undo } = patchAndBack(
    workload,
    [{ op: 'replace', path: '/spec/replicas', value: 3 }],
    'Two replicas again.',
  );
  expect(operations).toMatchObject([
    { verb: 'patch', subresource: '', steps: [{ op: 'replace', path: '/spec/replicas', value: 3 }] },
  ]);
  expect(undo).toMatchObject({
    why: 'Two replicas again.',
    operations: [
      { verb: 'patch', steps: expect.arrayContaining([{ op: 'replace', path: '/spec/replicas', value: 2 }]) },
    ],
  });
});

it('nothing is sent, and nothing taken back, where there is nothing to change', () => {
  expect(patchAndBack(workload, [], 'As it is.')).toEqual({
    operations: [],
    undo: { operations: [], why: 'As it is.' },
  });
});
