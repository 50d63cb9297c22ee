import { describe, expect, it } from 'vitest';
import { refByName } from '@autodevops/domain/object-ref';
import { stepText } from './step-text.ts';
import { findingAt } from '../testing/cluster-builder.ts';

const pod = refByName('Pod', 'shop', 'web-1');
const deployment = refByName('Deployment', 'shop', 'web');
const crash = findingAt('Pod', 'web-1', {
  evidence: [{ source: 'log', object: pod, quote: 'boom', time: '', path: 'app (previous)' }],
});

describe('a step of the catalogue', () => {
  it('names the pod and the container of the finding', () => {
    expect(stepText('Read it: `kubectl logs POD -c CONTAINER --previous`.', crash, deployment)).toBe(
      'Read it: `kubectl -n shop logs web-1 -c app --previous`.',
    );
  });

  it('names the workload where the command is about one', () => {
    expect(stepText('`kubectl rollout undo deployment/NAME`', crash, deployment)).toBe(
      '`kubectl -n shop rollout undo deployment/web`',
    );
    expect(stepText('`kubectl logs job/NAME`', crash, deployment)).toBe('`kubectl logs job/NAME`');
  });

  it('names a node without a namespace', () => {
    const node = refByName('Node', '', 'worker-1');
    expect(stepText('`kubectl uncordon NODE`', findingAt('Node', 'worker-1', { object: node }), node)).toBe(
      '`kubectl uncordon worker-1`',
    );
  });

  it('stays as it is outside of commands and where a name is not known', () => {
    expect(stepText('Look at the POD.', crash, deployment)).toBe('Look at the POD.');
    expect(stepText('`nslookup REGISTRY`', crash, deployment)).toBe('`nslookup REGISTRY`');
  });

  it('takes no name that a shell would obey', () => {
    const evil = { ...pod, name: 'web;reboot' };
    expect(stepText('`kubectl logs POD`', { ...crash, object: evil }, deployment)).toBe('`kubectl logs POD`');
    const odd = {
      ...crash,
      evidence: [{ source: 'log' as const, object: pod, quote: '', time: '', path: '$(reboot)' }],
    };
    expect(stepText('`kubectl logs POD -c CONTAINER`', odd, deployment)).toBe('`kubectl logs POD -c CONTAINER`');
  });
});
