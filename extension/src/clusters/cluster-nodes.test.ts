import { describe, expect, it } from 'vitest';
import { LocalPhase } from '@autodevops/domain/local-cluster';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { localStatus } from '../testing/stub-local-cluster.ts';
import type { ClusterState } from './chosen-cluster.ts';
import { clusterNodes } from './cluster-nodes.ts';

const here = { name: 'kind-dev', server: 'https://127.0.0.1:6443', namespace: 'shop', local: true };
const there = { name: 'production\u202E', server: 'https://10.0.0.7:6443', namespace: '', local: false };
const trusted = { trusted: true, unread: false };
const state: ClusterState = { contexts: [here, there], chosen: there, locked: true, problem: undefined };

describe('clusters in the tree', () => {
  it('say which one is chosen, and whether it may be changed', () => {
    expect(clusterNodes(state, { kind: 'unknown' }, trusted)).toMatchObject([
      {
        description: 'local · https://127.0.0.1:6443',
        kinds: ['otherContext'],
        icon: 'vm',
        subject: { type: 'context', name: 'kind-dev' },
      },
      {
        label: String.raw`production\u{202e}`,
        description: 'read-only · https://10.0.0.7:6443',
        kinds: ['lockedContext'],
      },
    ]);
    expect(clusterNodes({ ...state, locked: false }, { kind: 'unknown' }, trusted)[1]).toMatchObject({
      kinds: ['openContext'],
    });
  });

  it('do not call anything allowed in a folder that is not trusted', () => {
    const [first] = clusterNodes(
      { ...state, chosen: here, locked: false },
      { kind: 'unknown' },
      { ...trusted, trusted: false },
    );
    expect(first).toMatchObject({
      description: 'nothing is run · local · https://127.0.0.1:6443',
      kinds: [],
    });
    expect(first).not.toHaveProperty('tint');
  });

  it('call nothing allowed while the configuration of the folder cannot be read', () => {
    const [first] = clusterNodes(
      { ...state, chosen: here, locked: false },
      { kind: 'unknown' },
      { ...trusted, unread: true },
    );
    expect(first).toMatchObject({ description: 'read-only · local · https://127.0.0.1:6443', kinds: ['openContext'] });
  });

  it.each(LocalPhase.options)('tell how the local one stands: %s', (phase) => {
    const [local] = clusterNodes(state, { kind: 'known', status: localStatus(phase) }, trusted);
    expect(local).toMatchObject({
      id: 'local',
      label: 'Local cluster',
      description: expect.stringMatching(/ · dev$/) as string,
    });
    expect(local?.kinds.includes('runningLocal')).toBe(phase === 'running');
    expect(local?.kinds.includes('stoppedLocal')).toBe(phase !== 'running' && phase !== 'foreign');
  });

  it('show the nodes of the local one', () => {
    expect(
      clusterNodes(state, { kind: 'known', status: localStatus('running') }, trusted)[0]?.children?.(),
    ).toMatchObject([{ label: 'dev-control-plane', description: 'control-plane · runs · v1.36.3' }]);
  });

  it('show what is done to it', () => {
    expect(
      clusterNodes(state, { kind: 'working', doing: 'Starting', says: 'Making the nodes' }, trusted)[0],
    ).toMatchObject({ label: 'Starting', description: 'Making the nodes' });
  });

  it('are none, so that the welcome text is shown, where there is no cluster', () => {
    expect(
      clusterNodes(
        { ...state, contexts: [], chosen: undefined },
        { kind: 'known', status: localStatus('absent') },
        trusted,
      ),
    ).toEqual([]);
  });

  it('hold a half made one before any kubeconfig knows it, so that a person can go on', () => {
    expect(
      clusterNodes(
        { ...state, contexts: [], chosen: undefined },
        { kind: 'known', status: localStatus('half-made') },
        trusted,
      ),
    ).toMatchObject([
      { id: 'local', description: 'half made · dev', tooltip: [expect.stringContaining('goes on from here')] },
    ]);
  });

  it('are none where contexts could not be read', () => {
    const problem = new AutoDevOpsError('kubeconfig.invalid', 'It is a folder.', 'Pass another one.');
    expect(
      clusterNodes({ contexts: [], chosen: undefined, locked: true, problem }, { kind: 'unknown' }, trusted),
    ).toEqual([]);
  });
});
