import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { thawProcesses } from '../bed/host/frozen-processes.ts';

function freezer(states: Readonly<Record<string, string>>): { root: string; stateOf: (path: string) => string } {
  const root = mkdtempSync(join(tmpdir(), 'autodevops-freezer-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const file = (path: string): string => join(root, 'docker', path, 'freezer.state');
  for (const [path, state] of Object.entries(states)) {
    mkdirSync(join(root, 'docker', path), { recursive: true });
    writeFileSync(file(path), `${state}\n`);
  }
  return { root, stateOf: (path) => readFileSync(file(path), 'utf8').trim() };
}

it('lets the frozen processes of a container go on, and no other ones', () => {
  const { root, stateOf } = freezer({
    one: 'THAWED',
    'one/kubelet/pod': 'FROZEN',
    'one/kubelet/other': 'FREEZING',
    two: 'FROZEN',
  });
  thawProcesses('one', root);
  expect(stateOf('one/kubelet/pod')).toBe('THAWED');
  expect(stateOf('one/kubelet/other')).toBe('THAWED');
  expect(stateOf('two')).toBe('FROZEN');
});

it('has nothing to do where version 2 of cgroups has no such folder', () => {
  expect(() => thawProcesses('one', join(tmpdir(), 'autodevops-no-freezer'))).not.toThrow();
});
