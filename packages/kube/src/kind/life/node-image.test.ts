import { expect, it } from 'vitest';
import { kubernetesOf, nodeImageFor } from './node-image.ts';

const unsaid = { image: undefined, kubernetes: undefined };

it('is what the installed kind would take, by its digest', () => {
  expect(nodeImageFor(unsaid, '0.31.0')).toBe(
    'docker.io/kindest/node@sha256:452d707d4862f52530247495d180205e029056831160e22870e37e3f6c1ac31f',
  );
  expect(kubernetesOf(unsaid, '0.31.0')).toBe('1.35.0');
});

it('is the newest known one for a kind that is newer still', () => {
  expect(nodeImageFor(unsaid, '0.99.0')).toBe(nodeImageFor(unsaid, '0.33.0'));
});

it('is of the wanted version, pinned where its digest is known', () => {
  expect(nodeImageFor({ ...unsaid, kubernetes: '1.35.0' }, '0.33.0')).toBe(nodeImageFor(unsaid, '0.31.0'));
  expect(nodeImageFor({ ...unsaid, kubernetes: '1.33.4' }, '0.33.0')).toBe('docker.io/kindest/node:v1.33.4');
});

it('is the named one before all', () => {
  expect(nodeImageFor({ image: 'mine/node:v1.36.3-x', kubernetes: '1.35.0' }, '0.33.0')).toBe('mine/node:v1.36.3-x');
  expect(kubernetesOf({ image: 'mine/node:v1.36.3-x', kubernetes: undefined }, '0.33.0')).toBe('1.36.3');
});
