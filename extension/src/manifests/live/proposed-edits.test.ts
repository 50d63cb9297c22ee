import { expect, it } from 'vitest';
import { secretMask } from '@autodevops/domain/redact';
import { withEdits } from '../editing/text-edit.ts';
import { readManifests } from '../reading/manifest.ts';
import type { Manifest } from '../reading/manifest.ts';
import { deployment, service } from '../testing/manifest-scene.ts';
import type { ProposedChange } from '@autodevops/domain/diagnosis';
import { editsFor, isWritten, wantedFields } from './proposed-edits.ts';

function after(text: string, action: string, params: ProposedChange['params']): string {
  const [manifest] = readManifests(text) as [Manifest];
  return withEdits(text, editsFor(manifest, wantedFields(manifest, { action, params }), text));
}

const web = deployment(
  'readinessProbe: {httpGet: {path: /, port: 80}, periodSeconds: 5}\nresources: {limits: {memory: 64Mi}}\nenv:\n- {name: A, valueFrom: {configMapKeyRef: {name: m, key: x}}}',
);

it('each action that changes what a manifest says becomes an edit of exactly that', () => {
  expect(after(web, 'set-image', { container: 'app', image: 'nginx:2', givenBy: 'history' })).toBe(
    web.replace('nginx:1', 'nginx:2'),
  );
  expect(after(web, 'patch-probe', { container: 'app', probe: 'readinessProbe', port: 8080, periodSeconds: 9 })).toBe(
    web.replace('port: 80}', 'port: 8080}').replace('periodSeconds: 5', 'periodSeconds: 9'),
  );
  expect(
    after(web, 'set-resources', { container: 'app', limits: { memory: '128Mi' }, requests: { memory: '64Mi' } }),
  ).toBe(web.replace('{limits: {memory: 64Mi}}', '{requests: {"memory":"64Mi"}, limits: {memory: 128Mi}}'));
  expect(after(web, 'set-environment', { container: 'app', name: 'A', configMapKey: { name: 'm', key: 'y' } })).toBe(
    web.replace('key: x', 'key: y'),
  );
  expect(after(web, 'scale', { replicas: 2 })).toContain('spec:\n  replicas: 2\n  selector');
  const port = service('{ports: [{port: 80, targetPort: 1}, {port: 81, targetPort: 2}]}');
  expect(after(port, 'patch-service-port', { port: 81, targetPort: 'http' })).toBe(
    port.replace('targetPort: 2', 'targetPort: http'),
  );
});

it('a value of a variable is written where the file has one, not where it comes from elsewhere, and never masked', () => {
  const plain = deployment(
    'env:\n- {name: URL, value: "db:5433"}\n- {name: A, valueFrom: {configMapKeyRef: {name: m, key: x}}}',
  );
  const set = (name: string, value: string): string =>
    after(plain, 'set-environment', { container: 'app', name, value });
  expect(set('URL', 'db:5432')).toBe(plain.replace('db:5433', 'db:5432'));
  expect(set('A', 'db:5432')).toBe(plain);
  expect(set('GONE', 'db:5432')).toBe(plain);
  expect(set('URL', `postgres://shop:${secretMask}@db:5432`)).toBe(plain);
});

it('what is about no manifest, another container or a probe that is not there is no edit', () => {
  for (const [action, params] of [
    ['restart-rollout', {}],
    ['set-image', { container: 'other', image: 'x' }],
    ['patch-probe', { container: 'app', probe: 'livenessProbe', copyOf: 'readinessProbe' }],
    ['constructor', {}],
    ['set-resources', { container: 'app', limits: ['x'] }],
  ] as const) {
    expect(after(web, action, params as never)).toBe(web);
  }
});

it('knows when it is written already', () => {
  const [manifest] = readManifests(web) as [Manifest];
  expect(
    isWritten(
      manifest,
      wantedFields(manifest, { action: 'set-image', params: { container: 'app', image: 'nginx:1' } }),
    ),
  ).toBe(true);
  expect(
    isWritten(
      manifest,
      wantedFields(manifest, { action: 'set-image', params: { container: 'app', image: 'nginx:2' } }),
    ),
  ).toBe(false);
  expect(isWritten(manifest, [])).toBe(false);
});
