import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { Localised } from './localised.ts';
import { manifestParts } from './manifest.ts';

const { manifest, texts } = manifestParts();
const known = JSON.parse(texts) as Record<string, string>;

it('every text of the manifest is there for translators, and no other', () => {
  const asked = [...JSON.stringify(manifest).matchAll(/"%([^%"]+)%"/g)].map(([, key = '']) => key);
  expect(asked.filter((key) => known[key] === undefined)).toEqual([]);
  expect(Object.keys(known).filter((key) => !asked.includes(key))).toEqual([]);
});

it('every picture that the manifest names is there', () => {
  const pictures = [...JSON.stringify(manifest).matchAll(/"(media\/[^"]+)"/g)].map(([, path = '']) => path);
  expect(pictures.length).toBeGreaterThan(5);
  expect(pictures.filter((path) => !existsSync(join(import.meta.dirname, '..', '..', path)))).toEqual([]);
});

it('what a folder could turn against its reader is not read from it before it is trusted', () => {
  expect(
    (manifest['capabilities'] as { untrustedWorkspaces: { restrictedConfigurations: string[] } }).untrustedWorkspaces
      .restrictedConfigurations,
  ).toEqual(['autodevops.cluster.kubeconfig', 'autodevops.local.config']);
});

it('two texts never share a key', () => {
  const localised = new Localised();
  localised.text('a', 'one');
  expect(localised.text('a', 'one')).toBe('%a%');
  expect(() => localised.text('a', 'two')).toThrow('Two texts have the key a.');
});
