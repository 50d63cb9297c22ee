import { describe, expect, it } from 'vitest';
import { readSelection } from './selection.ts';

function read(text: string): string | undefined {
  const selection = readSelection(text);
  if (selection === undefined) return undefined;
  const { kinds, field, wanted, isNegated, bound } = selection;
  const limit = bound === undefined ? '' : `${bound.isMore ? '>' : '<'} ${bound.amount}`;
  return [kinds.join('+'), isNegated ? 'not' : '', field?.said ?? '', wanted, limit]
    .filter((part) => part !== '')
    .join(' | ');
}

describe('which objects are meant', () => {
  it.each([
    ['which pods have the label app=web', 'Pod | label | app=web'],
    ['pods with version=2.4.1', 'Pod | label | version=2.4.1'],
    ['which pods use the service account default', 'Pod | service account | default'],
    ['which nodes have taints', 'Node | taint'],
    ['which service uses port 80', 'Service | port | 80'],
    ['which pods do not use the image busybox', 'Pod | not | image | busybox'],
    ['pods that are not on sample-worker', 'Pod | not | sample-worker'],
    ['which pods are best effort', 'Pod | QoS class | best effort'],
    ['claims bigger than 10Gi', 'PersistentVolumeClaim | size | > 10Gi'],
    ['pods older than 2 days', 'Pod | creation time | < 2 days'],
    ['deployments with more than 2 replicas', 'Deployment | replica | > 2'],
    ['list config maps without labels', 'ConfigMap | not | label'],
    ['services of type NodePort', 'Service | type | NodePort'],
  ])('%s', (text, meant) => {
    expect(read(text)).toBe(meant);
  });

  it.each(['why is web failing', 'show me everything', 'hello there'])('%s selects nothing', (text) => {
    expect(read(text)).toBeUndefined();
  });
});
