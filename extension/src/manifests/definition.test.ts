import { expect, it } from 'vitest';
import { definitionsAt } from './definition.ts';
import { readManifests } from './reading/manifest.ts';
import type { Manifest } from './reading/manifest.ts';
import { configMap, deployment, home, service } from './testing/manifest-scene.ts';
import { WorkspaceManifests } from './workspace-manifests.ts';

const web = deployment('envFrom:\n- configMapRef: {name: web-settings}');
const settings = `# settings\n${configMap('web-settings')}`;

function workspace(): WorkspaceManifests {
  const held = new WorkspaceManifests();
  held.put('file:///web.yaml', web);
  held.put('file:///settings.yaml', settings);
  return held;
}

function found(text: string, word: string): readonly string[] {
  const [manifest] = readManifests(text) as [Manifest];
  return definitionsAt({ manifest, offset: text.indexOf(word) + 1, home }, workspace().objects(home)).map(
    ({ file, start }) => `${file}:${start}`,
  );
}

it('a name leads to where the object is described', () => {
  expect(found(web, 'web-settings')).toEqual([`file:///settings.yaml:${settings.indexOf('web-settings')}`]);
});

it('a selector leads to what is selected', () => {
  expect(found(service('{selector: {app: web}}', 'front'), 'web}')).toEqual([
    `file:///web.yaml:${web.indexOf('web}')}`,
  ]);
});

it('what names nothing leads nowhere', () => {
  expect(found(web, 'nginx')).toEqual([]);
});

it('the workspace forgets what is removed, and what a file says no more', () => {
  const held = workspace();
  held.put('file:///web.yaml', 'a: b\n');
  held.remove('file:///settings.yaml');
  expect(held.objects(home)).toEqual([]);
  expect(held.size).toBe(0);
});
