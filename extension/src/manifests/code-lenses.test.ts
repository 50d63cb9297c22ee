import { expect, it } from 'vitest';
import { codeLenses } from './code-lenses.ts';
import { readManifests } from './reading/manifest.ts';
import { causeOf, webRef } from './testing/live-scene.ts';
import { configMap, deployment, home } from './testing/manifest-scene.ts';

const role = 'apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata: {name: r}\n';

it('above each object stands what can be done about it, and how many causes there are', () => {
  const text = [deployment('x: y'), configMap('c'), role].join('---\n');
  const lenses = codeLenses(readManifests(text), [causeOf({ object: webRef })], home);
  expect(lenses.map(({ title }) => title)).toEqual([
    'Diagnose (1 problem)',
    'Logs',
    'Diff with Live',
    'Apply',
    'Diagnose',
    'Diff with Live',
    'Apply',
    'Diagnose',
    'Diff with Live',
  ]);
  expect(lenses[0]).toMatchObject({
    start: 0,
    command: 'autodevops.diagnose.resource',
    subject: { type: 'object', object: { kind: 'Deployment', namespace: 'shop', name: 'web' } },
  });
  expect(lenses[4]?.start).toBe(text.indexOf('apiVersion: v1\nkind: ConfigMap'));
});

it('a dump of thousands of objects does not get thousands of lines', () => {
  expect(codeLenses(Array.from({ length: 400 }, () => readManifests(configMap('c'))).flat(), [], home)).toHaveLength(
    300,
  );
});
