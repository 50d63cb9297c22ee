import { expect, it } from 'vitest';
import { readContainers } from './node-containers.ts';

it('reads nodes, the control plane first and workers in order', () => {
  const container = (name: string, role: string): object => ({
    Id: 'a'.repeat(64),
    Name: `/${name}`,
    State: { Status: 'running', Running: true },
    Config: { Labels: { 'io.x-k8s.kind.role': role, 'dev.autodevops.local-cluster': 'x' } },
  });
  const nodes = readContainers(
    JSON.stringify([
      container('dev-worker10', 'worker'),
      container('dev-worker2', 'worker'),
      container('dev-control-plane', 'control-plane'),
    ]),
  );
  expect(nodes.map(({ name, mark, running }) => [name, mark, running])).toEqual([
    ['dev-control-plane', 'x', true],
    ['dev-worker2', 'x', true],
    ['dev-worker10', 'x', true],
  ]);
});

it('knows a mark by the name of the image, where the engine hands no labels on', () => {
  const container = (more: object): object => ({
    Id: 'b'.repeat(64),
    Name: 'dev-control-plane',
    State: { Status: 'running' },
    Config: { Labels: {} },
    ...more,
  });
  const marks = (more: object): readonly string[] =>
    readContainers(JSON.stringify([container(more)])).map(({ mark }) => mark);
  expect(marks({ Image: 'localhost/autodevops-node:0123' })).toEqual(['0123']);
  expect(marks({ Config: { Labels: {}, Image: 'localhost/autodevops-node:0123' } })).toEqual(['0123']);
  expect(marks({ Image: 'docker.io/kindest/node:v1.36.1' })).toEqual(['']);
});

it('takes nothing for a node that has no id', () => {
  expect(readContainers('[{"Name":"x"},{"Id":"--all"},null,1]')).toEqual([]);
  expect(readContainers('{')).toEqual([]);
});
