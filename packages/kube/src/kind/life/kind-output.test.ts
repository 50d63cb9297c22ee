import { expect, it } from 'vitest';
import { failureLines, stepBegunBy } from './kind-output.ts';

it.each([
  [' • Ensuring node image (localhost/autodevops-node:1) 🖼️  ...', undefined],
  [' • Preparing nodes 📦 📦 📦   ...', 'nodes'],
  [' ✓ Preparing nodes 📦 📦 📦 ', undefined],
  [' • Writing configuration 📜  ...', 'control-plane'],
  [' • Starting control-plane 🕹️  ...', 'control-plane'],
  [' • Installing CNI 🔌  ...', 'network'],
  [' • Installing StorageClass 💾  ...', 'storage'],
  [' • Joining worker nodes 🚜  ...', 'workers'],
  ['Have a nice day! 👋', undefined],
])('%s', (line, step) => {
  expect(stepBegunBy(line)).toBe(step);
});

it('keeps of a failure what says what went wrong', () => {
  const lines = [
    'Creating cluster "dev" ...',
    ' • Preparing nodes 📦  ...',
    ' ✗ Preparing nodes 📦 ',
    'Deleted nodes: ["dev-control-plane"]',
    'ERROR: failed to create cluster: command "docker run" failed with error: exit status 125',
    'Command Output: docker: Error response from daemon: no space left on device',
    'Stack Trace: ',
    'main.main()',
  ];
  expect(failureLines(lines)).toEqual([lines[4], lines[5]]);
});

it('keeps the last lines where none of them is marked', () => {
  expect(failureLines(['Creating cluster "dev" ...', 'panic: something', 'goroutine 1'])).toEqual([
    'panic: something',
    'goroutine 1',
  ]);
});
