import { expect, it } from 'vitest';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { wantedClusterSource } from './cluster-source.ts';

const signal = new AbortController().signal;
const web = { apiVersion: 'v1', kind: 'Service', namespace: 'shop', name: 'web' };

function scene(first = 'one') {
  const state = {
    context: first,
    server: 'https://127.0.0.1:6443',
    log: [] as string[],
    fail: false,
    refused: undefined as AutoDevOpsError | undefined,
  };
  const source = wantedClusterSource(
    () => state.refused ?? { context: state.context, server: state.server, kubeconfig: undefined, config: undefined },
    async ({ context }) => {
      state.log.push(`open ${context}`);
      if (state.fail) throw new AutoDevOpsError('kubeconfig.invalid', 'It cannot be read.', 'Correct it.');
      return {
        get: async () => undefined,
        list: async () => [],
        close: async () => void state.log.push(`close ${context}`),
      };
    },
  );
  return { state, source };
}

it('opens a cluster once, and another one when another one is wanted', async () => {
  const { state, source } = scene();
  await source.get(web, signal);
  await source.list(web, signal);
  state.context = 'two';
  await source.get(web, signal);
  expect(state.log.toSorted()).toEqual(['close one', 'open one', 'open two']);
});

it('opens the cluster anew when its context leads somewhere else', async () => {
  const { state, source } = scene();
  await source.get(web, signal);
  state.server = 'https://127.0.0.1:7443';
  await source.get(web, signal);
  expect(state.log.toSorted()).toEqual(['close one', 'open one', 'open one']);
});

it('opens nothing where no cluster may be spoken to', async () => {
  const { state, source } = scene();
  state.refused = new AutoDevOpsError('usage', 'Not trusted.', 'Trust it.');
  await expect(source.get(web, signal)).rejects.toThrow('Not trusted.');
  expect(state.log).toEqual([]);
});

it('tries again what could not be opened', async () => {
  const { state, source } = scene();
  state.fail = true;
  await expect(source.get(web, signal)).rejects.toThrow('It cannot be read.');
  state.fail = false;
  await expect(source.get(web, signal)).resolves.toBeUndefined();
  expect(state.log).toEqual(['open one', 'open one']);
});
