import { describe, expect, it } from 'vitest';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { fakeWindow, localContext, remoteContext } from '../testing/fake-window.ts';
import { lockCluster, lookAgain, switchContext, unlockCluster } from './clusters.ts';

const signal = AbortSignal.timeout(30_000);

describe('switching', () => {
  it('speaks to the context that is chosen from the list, or that an item is about', async () => {
    const window = await fakeWindow({ replies: [{ pick: 'production' }] });
    await switchContext(window.parts, undefined, signal);
    expect(window.parts.clusters.state.value.chosen?.name).toBe('production');
    await switchContext(window.parts, { type: 'context', name: 'kind-dev' }, signal);
    expect(window.parts.clusters.state.value.chosen?.name).toBe('kind-dev');
  });

  it('says what to do where there is no context', async () => {
    const window = await fakeWindow({ contexts: [] });
    await switchContext(window.parts, undefined, signal);
    expect(window.person.heard[0]).toContain('Start a local one');
  });

  it('says why no context can be read', async () => {
    const window = await fakeWindow({ contexts: [] });
    const problem = new AutoDevOpsError('kubeconfig.invalid', 'It is no YAML.', 'Correct it.');
    window.parts.clusters.state.set({ contexts: [], chosen: undefined, locked: true, problem });
    window.parts.clusters.refresh = async () => undefined;
    await expect(switchContext(window.parts, undefined, signal)).rejects.toBe(problem);
  });
});

describe('the lock', () => {
  it('of a cluster that is not local opens for who types its name', async () => {
    const window = await fakeWindow({
      contexts: [remoteContext],
      replies: [{ enter: undefined }, { enter: 'production' }],
    });
    await unlockCluster(window.parts, undefined, signal);
    expect(window.parts.clusters.state.value.locked).toBe(true);
    await unlockCluster(window.parts, undefined, signal);
    expect(window.parts.clusters.state.value.locked).toBe(false);
  });

  it('does not open for another name', async () => {
    const window = await fakeWindow({ contexts: [remoteContext], replies: [{ enter: 'Production' }] });
    await expect(unlockCluster(window.parts, undefined, signal)).rejects.toThrow('That is not its name.');
    expect(window.parts.clusters.state.value.locked).toBe(true);
  });

  it('of a local cluster is put on and taken off without ado', async () => {
    const window = await fakeWindow({ contexts: [localContext] });
    await lockCluster(window.parts, undefined, signal);
    expect(window.parts.clusters.state.value.locked).toBe(true);
    await unlockCluster(window.parts, undefined, signal);
    expect(window.parts.clusters.state.value.locked).toBe(false);
  });
});

it('looking again reads everything anew, also where there is no local cluster', async () => {
  const window = await fakeWindow({
    agent: {
      findings: [],
      changes: { changes: [] },
      killSwitch: { on: false, by: '', why: '', since: '' },
      cluster: { name: 'kind-dev', mode: 'local' },
      events: [],
    },
  });
  await lookAgain(window.parts, undefined, signal);
  expect(window.parts.problems.followed).toBe(true);
  expect(window.parts.changes.followed).toBe(true);
  window.parts.problems.stop();
  window.parts.changes.stop();
});
