import { describe, expect, it } from 'vitest';
import { rolloutStanding } from './rollout-standing.ts';
import { daemonSet, deployment, object, deploymentName, statefulSet } from '../testing/objects.ts';

const late = { conditions: [{ type: 'Progressing', status: 'False', reason: 'ProgressDeadlineExceeded' }] };

describe('how a rollout stands', () => {
  it.each([
    ['a Deployment with old pods waits', deployment({ status: { replicas: 4 } }), 'waiting'],
    ['a Deployment without enough available pods waits', deployment({ status: { availableReplicas: 2 } }), 'waiting'],
    ['a Deployment past its deadline has failed', deployment({ status: { updatedReplicas: 1, ...late } }), 'failed'],
    [
      'a Deployment that is complete has succeeded, whatever it passed before',
      deployment({ status: late }),
      'succeeded',
    ],
    [
      'a Deployment of which none are wanted waits for its last pod, whatever was passed before',
      deployment({ spec: { replicas: 0 }, status: { replicas: 1, updatedReplicas: 0, availableReplicas: 0, ...late } }),
      'waiting',
    ],
    ['one that its controller has not looked at waits', deployment({ metadata: { generation: 4 } }), 'waiting'],
    ['one without a status waits', object(deploymentName, { spec: {} }), 'waiting'],
    ['a StatefulSet with an old pod waits', statefulSet({ status: { updatedReplicas: 2 } }), 'waiting'],
    [
      'a StatefulSet whose partition keeps old pods has succeeded',
      statefulSet({ spec: { updateStrategy: { rollingUpdate: { partition: 2 } } }, status: { updatedReplicas: 1 } }),
      'succeeded',
    ],
    ['a DaemonSet on every node has succeeded', daemonSet(), 'succeeded'],
    [
      'a DaemonSet with an old pod waits',
      {
        ...daemonSet(),
        status: { observedGeneration: 3, desiredNumberScheduled: 2, updatedNumberScheduled: 1, numberAvailable: 2 },
      },
      'waiting',
    ],
  ])('%s', (_name, workload, state) => {
    expect(rolloutStanding(workload).state).toBe(state);
  });
});
