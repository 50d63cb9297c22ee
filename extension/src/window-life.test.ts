import { describe, expect, it } from 'vitest';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { fakeWindow, localContext, remoteContext } from './testing/fake-window.ts';
import { healthyDiagnosis, problemDiagnosis } from './testing/sample-diagnosis.ts';
import { followWantedAgent, followWithAgent, noticeAgent } from './window-life.ts';

const signal = AbortSignal.timeout(20_000);

describe('a window', () => {
  it('moves to the agent of another cluster, and forgets what it saw of the one before', async () => {
    const window = await fakeWindow({
      agent: { findings: [{ id: '1', event: { type: 'diagnosis', diagnosis: problemDiagnosis } }] },
    });
    const end = followWantedAgent(window.parts);
    window.parts.problems.follow();
    await window.parts.problems.state.until((state): state is typeof state => state.kind === 'live', signal);
    const kinds: string[] = [];
    window.parts.problems.state.subscribe(({ kind }) => void kinds.push(kind));
    await window.parts.clusters.choose('production');
    await window.parts.problems.state.until((state): state is typeof state => state.kind === 'live', signal);
    expect(kinds).toEqual(['unasked', 'looking', 'live']);
    expect(window.processes).toEqual(['open kind-dev', 'let go', 'open production']);
    end();
    window.parts.problems.stop();
  });

  it('moves when its context leads somewhere else, as when a cluster was made anew by another program', async () => {
    const contexts = [{ ...localContext }];
    const window = await fakeWindow({ contexts });
    const end = followWantedAgent(window.parts);
    await window.parts.client(signal);
    contexts[0] = { ...localContext, server: 'https://127.0.0.1:7443' };
    await window.parts.clusters.refresh();
    await window.parts.client(signal);
    expect(window.processes).toEqual(['open kind-dev', 'let go', 'open kind-dev']);
    end();
  });

  it('stays where it is while the same agent is wanted', async () => {
    const window = await fakeWindow({
      agent: { findings: [{ id: '1', event: { type: 'diagnosis', diagnosis: healthyDiagnosis } }] },
    });
    followWantedAgent(window.parts);
    await window.parts.client(signal);
    window.parts.clusters.lock();
    await window.parts.clusters.refresh();
    expect(window.processes).toEqual(['open kind-dev']);
  });

  it('moves when the folder gets a configuration for this very cluster', async () => {
    const window = await fakeWindow({ contexts: [localContext, remoteContext] });
    followWantedAgent(window.parts);
    await window.parts.client(signal);
    window.files.set('/home/ann/shop/local-config.yaml', 'context: kind-dev');
    await window.parts.folderConfigs.refresh();
    expect(window.processes).toEqual(['open kind-dev', 'let go']);
  });
});

it('knows what waits for a person as soon as its agent runs, and asks nothing before', async () => {
  const window = await fakeWindow({
    agent: {
      changes: { changes: [] },
      killSwitch: { on: true, by: 'Ben', why: 'it burns', since: '' },
      cluster: { name: 'dev', mode: 'local' },
      incidents: { incidents: [] },
      events: [],
    },
  });
  const end = followWithAgent(window.parts);
  expect([window.processes, window.parts.changes.followed]).toEqual([[], false]);
  await window.parts.client(signal);
  const known = await window.parts.changes.state.until((state) => state.kind === 'known', signal);
  expect(known).toMatchObject({ killSwitch: { on: true } });
  expect(window.parts.incidents.followed).toBe(true);
  end();
  window.parts.changes.stop();
  window.parts.incidents.stop();
});

it('a cluster that is away interrupts nobody: the views say so', async () => {
  const window = await fakeWindow();
  noticeAgent(window.parts, () => undefined);
  const error = new AutoDevOpsError('cluster.refused', 'Nothing listens there.', 'Start it.');
  window.parts.agent.state.set({ kind: 'failed', error, givenUp: false });
  expect(window.person.heard).toEqual([]);
});

it('an agent that does not come back is told once, with what to do', async () => {
  const window = await fakeWindow({ replies: [{ press: 'Restart Agent' }] });
  const done: string[] = [];
  const error = new AutoDevOpsError('agent.unreachable', 'It ended 7 times.', 'See its log.');
  noticeAgent(window.parts, (command) => void done.push(command));
  window.parts.agent.state.set({ kind: 'restarting', deaths: 1, delay: 1000 });
  expect(window.person.heard).toEqual([]);
  window.parts.agent.state.set({ kind: 'failed', error, givenUp: true });
  window.parts.agent.state.set({ kind: 'starting' });
  window.parts.agent.state.set({ kind: 'failed', error, givenUp: true });
  await new Promise((resolve) => {
    setImmediate(resolve);
  });
  expect(window.person.heard).toEqual(['error: It ended 7 times. See its log.']);
  expect(done).toEqual(['autodevops.agent.restart']);
});
