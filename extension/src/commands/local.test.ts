import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { Configuration } from '@autodevops/agentd/configuration';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { fakeWindow, remoteContext } from '../testing/fake-window.ts';
import { localStatus, stubLocalCluster } from '../testing/stub-local-cluster.ts';
import {
  firstConfig,
  loadImage,
  nameLocalConfig,
  openLocalConfig,
  removeLocal,
  resetLocal,
  startLocal,
  statusOfLocal,
  stopLocal,
} from './local.ts';

const signal = AbortSignal.timeout(30_000);
const quiet = {
  findings: [],
  changes: { changes: [] },
  killSwitch: { on: false, by: '', why: '', since: '' },
  cluster: { name: 'kind-dev', mode: 'local' as const },
  events: [],
};
const steps = [
  {
    type: 'plan' as const,
    steps: [
      { step: 'nodes' as const, says: 'Making the nodes', estimateMs: 30_000 },
      { step: 'ready' as const, says: 'Waiting', estimateMs: 10_000 },
    ],
    estimateMs: 40_000,
  },
  { type: 'step-started' as const, step: 'nodes' as const, says: 'Making the nodes', estimateMs: 30_000 },
  { type: 'step-done' as const, step: 'nodes' as const, says: 'Made the nodes', ms: 31_000 },
];

describe('the local cluster', () => {
  it('is started step by step, and spoken to from then on', async () => {
    const { cluster, done } = stubLocalCluster({
      before: localStatus('absent'),
      after: localStatus('running'),
      events: steps,
    });
    const window = await fakeWindow({ local: cluster, agent: quiet });
    await startLocal(window.parts, undefined, signal);
    expect(done).toEqual(['up']);
    expect(window.person.heard).toEqual([
      '… Starting the local cluster',
      '… Making the nodes',
      '… Made the nodes',
      'It is done: up.',
    ]);
    expect(window.parts.clusters.state.value.chosen?.name).toBe('kind-dev');
    expect(window.parts.problems.followed).toBe(true);
    window.parts.problems.stop();
    window.parts.changes.stop();
  });

  it('shows what is left where its making was interrupted', async () => {
    const failure = new AutoDevOpsError('interrupted', 'Interrupted.', 'Go on.');
    const { cluster } = stubLocalCluster({
      before: localStatus('absent'),
      after: localStatus('half-made'),
      events: steps,
      failure,
    });
    const window = await fakeWindow({ local: cluster });
    await expect(startLocal(window.parts, undefined, signal)).rejects.toBe(failure);
    expect(window.parts.local.state.value).toMatchObject({ kind: 'known', status: { phase: 'half-made' } });
  });

  it('says to who stops it what is left and how it goes on', async () => {
    const failure = new AutoDevOpsError('interrupted', 'Interrupted.', '');
    const { cluster } = stubLocalCluster({ before: localStatus('absent'), after: localStatus('half-made'), failure });
    const window = await fakeWindow({ local: cluster });
    await expect(startLocal(window.parts, undefined, signal)).rejects.toBe(failure);
    expect(window.person.heard.at(-1)).toBe(
      'information: Starting the local cluster: stopped. Auto-DevOps: Start Local Cluster goes on from here; Reset Local Cluster makes it anew.',
    );
  });

  it.each([
    ['absent', ['stop kind-dev']],
    ['half-made', ['stop kind-dev']],
    ['stopped', []],
  ] as const)('that is made anew gets an agent of its own: from %s', async (phase, ended) => {
    const { cluster } = stubLocalCluster({ before: localStatus(phase), after: localStatus('running') });
    const window = await fakeWindow({ local: cluster, agent: quiet });
    await startLocal(window.parts, undefined, signal);
    expect(window.processes.filter((one) => one.startsWith('stop'))).toEqual(ended);
    window.parts.problems.stop();
    window.parts.changes.stop();
  });

  it('whose context this window does not read is not spoken to, and that is said', async () => {
    const { cluster } = stubLocalCluster({ before: localStatus('stopped'), after: localStatus('running') });
    const window = await fakeWindow({ local: cluster, contexts: [remoteContext] });
    await startLocal(window.parts, undefined, signal);
    expect(window.person.heard.at(-1)).toContain(
      'does not hold its context kind-dev. Set autodevops.cluster.kubeconfig',
    );
    expect([window.parts.clusters.state.value.chosen?.name, window.parts.problems.followed]).toEqual([
      'production',
      false,
    ]);
  });

  it('is stopped without a question, as nothing is lost by that', async () => {
    const { cluster, done } = stubLocalCluster({ before: localStatus('running'), after: localStatus('stopped') });
    await stopLocal((await fakeWindow({ local: cluster })).parts, undefined, signal);
    expect(done).toEqual(['stop']);
  });

  it.each([
    [true, ['reset']],
    [false, []],
  ])('is made anew only where the person says so (%s)', async (confirm, wanted) => {
    const { cluster, done } = stubLocalCluster({ before: localStatus('running'), after: localStatus('running') });
    const window = await fakeWindow({ local: cluster, agent: quiet, replies: [{ confirm }] });
    await resetLocal(window.parts, undefined, signal);
    expect(done).toEqual(wanted);
    // The agent of before knows an address and keys that are gone.
    expect(window.processes.includes('stop kind-dev')).toBe(confirm);
    window.parts.problems.stop();
    window.parts.changes.stop();
  });

  it.each([
    [true, ['down']],
    [false, []],
  ])('is removed only where the person says so (%s), and its agent ends', async (confirm, wanted) => {
    const { cluster, done } = stubLocalCluster({ before: localStatus('running'), after: localStatus('absent') });
    const window = await fakeWindow({ local: cluster, agent: quiet, replies: [{ confirm }] });
    await removeLocal(window.parts, undefined, signal);
    expect(done).toEqual(wanted);
    expect(window.processes.includes('stop kind-dev')).toBe(confirm);
  });

  it.each([
    ['reset', resetLocal],
    ['removed', removeLocal],
  ])('is not %s where it was made by somebody else', async (_verb, handler) => {
    const { cluster, done } = stubLocalCluster({ before: localStatus('foreign'), after: localStatus('foreign') });
    await expect(handler((await fakeWindow({ local: cluster })).parts, undefined, signal)).rejects.toMatchObject({
      code: 'usage',
    });
    expect(done).toEqual([]);
  });

  it('gets an image whose name is one', async () => {
    const { cluster, done } = stubLocalCluster({ before: localStatus('running'), after: localStatus('running') });
    await loadImage(
      (await fakeWindow({ local: cluster, replies: [{ enter: 'shop/web:dev' }] })).parts,
      undefined,
      signal,
    );
    expect(done).toEqual(['load shop/web:dev']);
    await expect(
      loadImage((await fakeWindow({ local: cluster, replies: [{ enter: '--all' }] })).parts, undefined, signal),
    ).rejects.toThrow('That is no name of an image.');
  });

  it('says how it stands', async () => {
    const { cluster } = stubLocalCluster({ before: localStatus('stopped'), after: localStatus('stopped') });
    const window = await fakeWindow({ local: cluster });
    await statusOfLocal(window.parts, undefined, signal);
    expect(window.shown[0]?.text).toContain('Local cluster dev: stopped\nStart it: Auto-DevOps: Start Local Cluster.');
    expect(window.shown[0]?.text).toContain('dev-control-plane (control-plane): stopped, v1.36.3');
  });
});

describe('the local configuration', () => {
  it('is opened where it lies', async () => {
    const window = await fakeWindow({ files: { '/home/ann/shop/local-config.yaml': 'mode: local' } });
    await openLocalConfig(window.parts, undefined, signal);
    expect(window.opened).toEqual(['/home/ann/shop/local-config.yaml']);
  });

  it('is opened at the first line that is wrong', async () => {
    const window = await fakeWindow({ files: { '/home/ann/shop/local-config.yaml': 'mode: local' } });
    const problem = new AutoDevOpsError('config.invalid', 'It is wrong.', 'Correct it.');
    const mistakes = [{ line: 7, says: 'wrong' }];
    window.parts.folderConfigs.state.set({ path: '/f', context: undefined, problem, mistakes });
    await openLocalConfig(window.parts, undefined, signal);
    expect(window.opened).toEqual(['/home/ann/shop/local-config.yaml:7']);
  });

  it('is another file by a setting, which is shown', async () => {
    const window = await fakeWindow();
    await nameLocalConfig(window.parts, undefined, signal);
    expect(window.opened).toEqual(['the setting local.config']);
  });

  it('is made where the person wants one, and is valid then', async () => {
    const window = await fakeWindow({ replies: [{ confirm: true }] });
    await openLocalConfig(window.parts, undefined, signal);
    expect(window.files.get('/home/ann/shop/local-config.yaml')).toBe(firstConfig);
    expect(Configuration.parse(parse(firstConfig))).toMatchObject({
      cluster: { type: 'kind', nodes: 3 },
      agents: { scarlet: { autonomy_level: 'development' } },
    });
  });

  it("is not made against the person's will, nor in a folder that is not trusted", async () => {
    const declined = await fakeWindow({ replies: [{ confirm: false }] });
    await openLocalConfig(declined.parts, undefined, signal);
    expect(declined.files.size).toBe(0);
    const untrusted = await fakeWindow({ trusted: false });
    await expect(openLocalConfig(untrusted.parts, undefined, signal)).rejects.toMatchObject({ code: 'usage' });
  });
});
