import { describe, expect, it } from 'vitest';
import { parseFieldPath } from './field-path.ts';
import { fieldPathAt, placeOfField } from './field-place.ts';
import { readManifests } from './manifest.ts';
import type { Manifest } from './manifest.ts';

const text = `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  nodeSelector:
    kubernetes.io/os: linux
  containers:
    - name: app
      image: "nginx:1"
      resources: {limits: {memory: 1Gi}}
      env:
        - &shared {name: A, value: b}
        - *shared
      envFrom:
        - configMapRef:
            name:
`;
const [pod] = readManifests(text) as [Manifest];
const shown = (path: string): string => {
  const { start, end } = placeOfField(pod, parseFieldPath(path));
  return text.slice(start, end);
};

describe('a field', () => {
  it('is pointed at by its value, quoted or not, in blocks and in braces', () => {
    expect(shown('spec.containers[0].image')).toBe('"nginx:1"');
    expect(shown('spec.containers[0].resources.limits.memory')).toBe('1Gi');
    expect(shown('spec.nodeSelector.kubernetes.io/os')).toBe('linux');
  });

  it('that holds others is pointed at by its key', () => {
    expect(shown('spec.containers')).toBe('containers');
    expect(shown('spec.containers[0].resources')).toBe('resources');
    expect(shown('spec.containers[0]')).toBe('name');
  });

  it('that is not there is pointed at by what it would be in', () => {
    expect(shown('spec.containers[0].livenessProbe')).toBe('name');
    expect(shown('spec.containers[0].resources.requests')).toBe('resources');
    expect(shown('status.phase')).toBe('web');
  });

  it('is found through an alias', () => {
    expect(shown('spec.containers[0].env[1].value')).toBe('b');
  });
});

it('the field under a cursor is the one whose key stands before it on the line, even while nothing is typed yet', () => {
  const at = text.indexOf('            name:') + '            name:'.length;
  expect(fieldPathAt(pod, text, at)).toEqual(['spec', 'containers', 0, 'envFrom', 0, 'configMapRef', 'name']);
  expect(fieldPathAt(pod, text, text.indexOf('1Gi') + 2)).toEqual([
    'spec',
    'containers',
    0,
    'resources',
    'limits',
    'memory',
  ]);
  expect(fieldPathAt(pod, text, text.indexOf('  containers:'))).toBeUndefined();
});
