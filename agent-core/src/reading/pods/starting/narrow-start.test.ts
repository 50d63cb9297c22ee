import { expect, it } from 'vitest';
import { pod as podShape } from '@autodevops/domain/kubernetes/pod';
import { refTo } from '@autodevops/domain/object-ref';
import { containersOf } from '../pod-status.ts';
import { narrowStart } from './narrow-start.ts';
import type { NarrowStart } from './narrow-start.ts';

const lost = 'runc create failed: unable to start container process: error during container init: read init-p: EOF';

function startOf(limits: object, { message = lost, volumes = [] as object[] } = {}): NarrowStart | undefined {
  const pod = podShape.read({
    metadata: { name: 'p', namespace: 'n' },
    spec: {
      volumes,
      containers: [{ name: 'app', resources: { limits }, volumeMounts: [{ name: 'cache', mountPath: '/cache' }] }],
    },
    status: { phase: 'Running' },
  });
  const [view] = containersOf(pod);
  if (view === undefined) throw new Error('there is no container');
  return narrowStart({
    pod,
    ref: refTo('Pod', pod),
    view,
    failure: { reason: 'StartError', message, path: 'status', event: undefined },
  });
}

it.each([
  'waiting for init preliminary setup: read init-p: connection reset by peer',
  "starting container process caused: process_linux.go:352: getting the final child's pid from pipe caused: EOF",
  'process_linux.go:348: copying bootstrap data to pipe caused: write init-p: broken pipe',
])('is narrow where the init of the runtime is lost within a limit that it alone may need: %s', (message) => {
  expect(startOf({ memory: '20Mi' }, { message })).toEqual({ limit: '20Mi', volume: '' });
});

it('is narrow within a larger limit only where files in memory count against it', () => {
  const volumes = [{ name: 'cache', emptyDir: { medium: 'Memory' } }];
  expect(startOf({ memory: '256Mi' }, { volumes })).toEqual({ limit: '256Mi', volume: 'cache' });
  expect(startOf({ memory: '256Mi' }, { volumes: [{ name: 'cache', emptyDir: {} }] })).toBeUndefined();
  expect(startOf({ memory: '256Mi' }, { volumes: [{ ...volumes[0], name: 'other' }] })).toBeUndefined();
});

it.each([
  ['without a limit', {}, lost],
  ['where the runtime says what is wrong', { memory: '20Mi' }, 'exec: "app": executable file not found in $PATH'],
])('is not narrow %s', (_when, limits, message) => {
  expect(startOf(limits, { message })).toBeUndefined();
});
