import type { ActionRequest } from '../../packages/domain/src/change/plan.ts';

/** What a person may ask for, well or badly, of the workload in `web-workload.yaml`; `namespace` is the test's own. */
export type Asked = (namespace: string) => ActionRequest;

export function on(
  kind: string,
  apiVersion: string,
  name: string,
  action: string,
  params: ActionRequest['params'],
  elsewhere?: string,
): Asked {
  return (namespace) => ({
    action,
    target: { apiVersion, kind, namespace: elsewhere ?? namespace, name, uid: '' },
    params,
  });
}

export const web = (action: string, params: ActionRequest['params']): Asked =>
  on('Deployment', 'apps/v1', 'web', action, params);

/** Allowed, agreed to, and wrong: it has to be seen that they do harm, and they have to be taken back. */
export const harmful: readonly (readonly [name: string, asked: Asked])[] = [
  [
    'a readiness probe that speaks TLS to a plain server',
    web('patch-probe', { container: 'app', probe: 'readinessProbe', scheme: 'HTTPS' }),
  ],
  ['a variable that ends the program', web('set-environment', { container: 'app', name: 'MODE', value: 'broken' })],
  [
    'a readiness probe that asks where nobody listens',
    web('patch-probe', { container: 'app', probe: 'readinessProbe', port: 9 }),
  ],
  [
    'a readiness probe that asks for a page that is not there',
    web('patch-probe', { container: 'app', probe: 'readinessProbe', path: '/nothing' }),
  ],
  [
    'an image that a person gives and no registry has',
    web('set-image', { container: 'app', image: 'docker.io/library/busybox:9.9', givenBy: 'person' }),
  ],
];

/** `$NS` in a request stands for the test's namespace. */
export function filledRequest(asked: Asked, namespace: string): ActionRequest {
  return JSON.parse(JSON.stringify(asked(namespace)).replaceAll('$NS', namespace)) as ActionRequest;
}
