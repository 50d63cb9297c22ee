import { describe, expect, it } from 'vitest';
import type { Json } from '../../patches/field-patch.ts';
import { fieldAt } from '../../patches/field-patch.ts';
import { actionScene } from '../../testing/action-scene.ts';
import { container, deployment, deploymentName } from '../../testing/objects.ts';

const livenessProbe = {
  httpGet: { path: '/healthz', port: 8080, scheme: 'HTTP' },
  periodSeconds: 10,
  timeoutSeconds: 1,
  failureThreshold: 3,
  successThreshold: 1,
  terminationGracePeriodSeconds: 5,
};
const web = deployment({
  containers: [
    container({
      ports: [{ name: 'http', containerPort: 8080 }],
      livenessProbe,
      readinessProbe: { tcpSocket: { port: 'http' }, initialDelaySeconds: 5 },
    }),
  ],
});
const at = ['spec', 'template', 'spec', 'containers', 0];

function asked(params: Readonly<Record<string, Json>>) {
  return {
    action: 'patch-probe',
    target: deploymentName,
    params: { container: 'app', probe: 'livenessProbe', ...params },
  };
}

describe('patch-probe', () => {
  it('corrects the port, and leaves the rest of the probe', async () => {
    const scene = actionScene(web);
    const planned = await scene.carryOut(asked({ port: 9090, path: '/live' }));
    expect(planned.sentences.will).toBe(
      'Correct the livenessProbe of container "app" of Deployment shop/web: path /healthz → /live, port 8080 → 9090.',
    );
    expect(fieldAt(await scene.get(deploymentName), [...at, 'livenessProbe'])).toEqual({
      ...livenessProbe,
      httpGet: { path: '/live', port: 9090, scheme: 'HTTP' },
    });
  });

  it('corrects the port of a TCP probe, by a name that the container has', async () => {
    const scene = actionScene(web);
    await scene.carryOut(asked({ probe: 'readinessProbe', port: 8080 }));
    await scene.carryOut(asked({ probe: 'readinessProbe', port: 'http' }));
    expect(fieldAt(await scene.get(deploymentName), [...at, 'readinessProbe', 'tcpSocket', 'port'])).toBe('http');
  });

  it('leaves a delay of nothing out, as the server does', async () => {
    const scene = actionScene(web);
    const planned = await scene.carryOut(asked({ probe: 'readinessProbe', initialDelaySeconds: 0 }));
    expect(fieldAt(await scene.get(deploymentName), [...at, 'readinessProbe'])).toEqual({
      tcpSocket: { port: 'http' },
    });
    expect((await scene.verify(planned)).state).toBe('waiting');
  });

  it('adds a startup probe with the check of another and more patience', async () => {
    const scene = actionScene(web);
    const planned = await scene.carryOut(
      asked({ probe: 'startupProbe', copyOf: 'livenessProbe', failureThreshold: 30, periodSeconds: 10 }),
    );
    expect(planned.sentences.done).toBe(
      'Added a startupProbe to container "app" of Deployment shop/web with the check of its livenessProbe and 300 seconds of patience.',
    );
    expect(fieldAt(await scene.get(deploymentName), [...at, 'startupProbe'])).toEqual({
      ...livenessProbe,
      failureThreshold: 30,
    });
    await scene.undo(planned);
    expect(fieldAt(await scene.get(deploymentName), at)).toEqual(fieldAt(web, at));
  });

  it('says that a probe waits longer than before', async () => {
    const { draft } = await actionScene(web).plan(asked({ failureThreshold: 12 }));
    expect(draft.notes).toEqual(['It waits for 120 seconds instead of 30.']);
  });

  it.each([
    [
      'what is so already',
      { port: 8080, scheme: 'HTTP' },
      'The livenessProbe of container "app" of Deployment shop/web is so already.',
    ],
    [
      'a probe that is not there',
      { probe: 'startupProbe', port: 8080 },
      'Container "app" of Deployment shop/web has no startupProbe.',
    ],
    [
      'a copy over one that is there',
      { copyOf: 'readinessProbe' },
      'Container "app" of Deployment shop/web has a livenessProbe already.',
    ],
    [
      'a copy of one that is not there',
      { probe: 'startupProbe', copyOf: 'startupProbe' },
      'Container "app" of Deployment shop/web has no startupProbe to copy.',
    ],
    [
      'a path for a TCP probe',
      { probe: 'readinessProbe', path: '/ready' },
      'The probe is of tcpSocket: it has no path and no scheme.',
    ],
    ['a port name that the container does not have', { port: 'web' }, 'Container "app" has no port named "web".'],
    [
      'a probe that is as good as none',
      { failureThreshold: 360, periodSeconds: 10 },
      'A livenessProbe that waits for 3600 seconds is as good as none; the most is 600.',
    ],
    [
      'a second success of a liveness probe',
      { successThreshold: 2 },
      'The successThreshold of a livenessProbe is always 1.',
    ],
  ])('refuses %s', async (_name, params, sentence) => {
    expect(await actionScene(web).refusal(asked(params))).toBe(sentence);
  });

  it('refuses a port for a probe that runs a command, and any probe of an init container', async () => {
    const scene = actionScene(
      deployment({
        spec: {
          template: {
            spec: {
              initContainers: [{ name: 'prepare' }],
              containers: [container({ livenessProbe: { exec: { command: ['true'] } } })],
            },
          },
        },
      }),
    );
    expect(await scene.refusal(asked({ port: 8080 }))).toBe(
      'The probe runs a command: it has no port, path or scheme.',
    );
    expect(await scene.refusal(asked({ container: 'prepare', port: 8080 }))).toBe(
      '"prepare" is an init container: it ends and has no probes.',
    );
  });

  it('has no way to take a probe away, or to send it elsewhere', async () => {
    expect(await actionScene(web).refusal(asked({ remove: true }))).toContain('params.remove is not known');
    expect(await actionScene(web).refusal(asked({ host: 'example.com' }))).toContain('params.host is not known');
    expect(await actionScene(web).refusal(asked({ path: 'http://example.com/' }))).toContain('not a path');
  });

  it('has succeeded after the rollout, and failed when something put the probe back', async () => {
    const scene = actionScene(web);
    const planned = await scene.carryOut(asked({ port: 9090 }));
    await scene.alter(deploymentName, {
      status: { observedGeneration: 4, replicas: 3, updatedReplicas: 3, readyReplicas: 3, availableReplicas: 3 },
    });
    expect((await scene.verify(planned)).state).toBe('succeeded');
    await scene.undo(planned);
    expect((await scene.verify(planned)).says).toContain('does not have the livenessProbe that was set any more');
  });
});
