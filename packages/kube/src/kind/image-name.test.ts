import { expect, it } from 'vitest';
import { fullImageName } from './image-name.ts';

it.each([
  ['web', 'docker.io/library/web:latest'],
  ['web:1', 'docker.io/library/web:1'],
  ['team/web', 'docker.io/team/web:latest'],
  ['localhost/web:1', 'localhost/web:1'],
  ['localhost:5000/web', 'localhost:5000/web:latest'],
  ['registry.example/a/b/c:v1', 'registry.example/a/b/c:v1'],
  ['index.docker.io/library/web:1', 'docker.io/library/web:1'],
  ['web:1@sha256:abc', 'docker.io/library/web@sha256:abc'],
  ['ghcr.io/a/b@sha256:abc', 'ghcr.io/a/b@sha256:abc'],
])('%s is %s in full', (image, full) => {
  expect(fullImageName(image)).toBe(full);
});
