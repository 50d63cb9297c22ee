import { expect, it } from 'vitest';
import { LocalPhase } from '@autodevops/domain/local-cluster';
import { localStatus } from '../testing/stub-local-cluster.ts';
import { nextStep } from './next-step.ts';

it.each(LocalPhase.options.filter((phase) => phase !== 'running'))(
  'what is next speaks of the editor, not of a terminal: %s',
  (phase) => {
    const says = nextStep(localStatus(phase, { next: 'Do: `autodevops local up`.' }));
    expect(says).toMatch(/Start Local Cluster|left alone/);
    expect(says).not.toContain('`');
  },
);

it('nothing is next where it runs and answers', () => {
  expect(nextStep(localStatus('running'))).toBe('');
  expect(nextStep(localStatus('running', { ready: false }))).toContain('does not answer yet');
});

it('without a container engine its trouble is what is next', () => {
  expect(nextStep(localStatus('stopped', { engine: null, next: 'No container engine answers. Start Docker.' }))).toBe(
    'No container engine answers. Start Docker.',
  );
});
