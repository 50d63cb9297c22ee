import { describe, expect, it } from 'vitest';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { memoryKept } from '../testing/memory-kept.ts';
import { ChosenCluster } from './chosen-cluster.ts';

const here = { name: 'kind-dev', server: 'https://127.0.0.1:6443', namespace: '' };
const there = { name: 'production', server: 'https://10.0.0.7:6443', namespace: 'shop' };

function choosing(
  first: Readonly<Record<string, unknown>> = {},
  contexts = [here, there],
): { readonly cluster: ChosenCluster; readonly given: { current: string; contexts: typeof contexts } } {
  const given = { current: 'kind-dev', contexts };
  return {
    given,
    cluster: new ChosenCluster({
      source: { read: async () => given, files: async () => [] },
      kept: memoryKept(first),
      kubeconfig: () => undefined,
      localContexts: () => ['kind-*'],
    }),
  };
}

describe('the cluster of a window', () => {
  it('is that of the current context, unless another was chosen here before', async () => {
    const { cluster } = choosing();
    await cluster.refresh();
    expect(cluster.state.value.chosen?.name).toBe('kind-dev');
    const { cluster: other } = choosing({ chosenContext: 'production' });
    await other.refresh();
    expect(other.state.value.chosen?.name).toBe('production');
  });

  it('stays the chosen one when another program changes the current context', async () => {
    const { cluster, given } = choosing();
    await cluster.refresh();
    await cluster.choose('production');
    given.current = 'kind-dev';
    await cluster.refresh();
    expect(cluster.state.value.chosen?.name).toBe('production');
  });

  it('is none where the kubeconfig cannot be read, and the reason is kept', async () => {
    const problem = new AutoDevOpsError('kubeconfig.invalid', 'It is a folder.', 'Pass another one.');
    const cluster = new ChosenCluster({
      source: { read: () => Promise.reject(problem), files: async () => [] },
      kept: memoryKept(),
      kubeconfig: () => undefined,
      localContexts: () => [],
    });
    await cluster.refresh();
    expect(cluster.state.value).toMatchObject({ chosen: undefined, locked: true, problem });
  });

  it.each([
    ['', 'None of the contexts of the kubeconfig is the current one.'],
    ['gone', 'The current context of the kubeconfig, gone, is none that it has.'],
  ])('is none where the current context is "%s", and there are contexts to choose from', async (current, message) => {
    const { cluster, given } = choosing();
    given.current = current;
    await cluster.refresh();
    expect(cluster.state.value).toMatchObject({
      contexts: [{ name: 'kind-dev' }, { name: 'production' }],
      chosen: undefined,
      locked: true,
      problem: { code: 'kubeconfig.no-context', message },
    });
    await cluster.choose('kind-dev');
    expect(cluster.state.value).toMatchObject({ chosen: { name: 'kind-dev' }, problem: undefined });
  });

  it('is none, without a reason, where there is none to choose', async () => {
    const { cluster } = choosing({}, []);
    await cluster.refresh();
    expect(cluster.state.value).toMatchObject({ contexts: [], chosen: undefined, problem: undefined });
  });

  it('cannot be one that is not there', async () => {
    const { cluster } = choosing();
    await cluster.refresh();
    await expect(cluster.choose('gone')).rejects.toMatchObject({ code: 'kubeconfig.no-context' });
  });
});

describe('the lock', () => {
  it('is on for every cluster that is not local, until the person takes it off', async () => {
    const { cluster } = choosing();
    await cluster.refresh();
    expect(cluster.refusal()).toBeUndefined();
    await cluster.choose('production');
    expect(cluster.refusal()).toMatchObject({
      code: 'change.not-allowed',
      message: 'The cluster "production" is read-only in this window, because it is not local.',
    });
    cluster.unlock();
    expect(cluster.refusal()).toBeUndefined();
    cluster.lock();
    expect(cluster.refusal()).toBeDefined();
  });

  it('of a local cluster stays as the person said when the kubeconfig is read again', async () => {
    const { cluster } = choosing();
    await cluster.refresh();
    cluster.lock();
    await cluster.refresh();
    expect(cluster.state.value.locked).toBe(true);
    expect(cluster.refusal()?.message).toBe(
      'The cluster "kind-dev" is read-only in this window, because it was made so.',
    );
  });

  it('is on again when the context of that name leads somewhere else', async () => {
    const { cluster, given } = choosing({ chosenContext: 'production' });
    await cluster.refresh();
    cluster.unlock();
    given.contexts = [here, { ...there, server: 'https://10.0.0.8:6443' }];
    await cluster.refresh();
    expect(cluster.state.value.locked).toBe(true);
  });
});
