import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeContexts } from './context-file.ts';
import { packagedExtension } from './packaged-extension.ts';
import { pictureFile } from './pictures.ts';
import { runningAgents } from './running-agents.ts';
import { startSampleCluster } from '../setup/sample-cluster.ts';
import type { SampleCluster } from '../setup/sample-cluster.ts';
import { Workbench, workbenchHome } from './workbench.ts';

/** The process that answers a window, from its first question to seconds after the last window is closed. */
const home = workbenchHome();
let sample: SampleCluster;
let window: Workbench;

const agents = (): readonly number[] => runningAgents(home);

beforeAll(async () => {
  const vsix = await packagedExtension();
  sample = await startSampleCluster();
  writeContexts(join(home, 'kubeconfig'), { 'kind-shop': sample.url });
  window = await Workbench.open({ vsix, home, environment: { KUBECONFIG: join(home, 'kubeconfig') } });
});

afterAll(async () => {
  await window?.close();
  await sample?.close();
});

describe('the agent of a window', () => {
  it('does not run before somebody looks', () => {
    expect(agents()).toEqual([]);
  });

  it('is one process once a view is open', async () => {
    await window.sidebar('Changes');
    await window.row('Problems of the Cluster', 'Critical').waitFor({ timeout: 120_000 });
    expect(agents()).toHaveLength(1);
  });

  it('is shared by a second window on the same cluster', async () => {
    const before = agents();
    const second = await window.beside();
    await second.sidebar('Changes');
    await second.row('Problems of the Cluster', 'Critical').waitFor({ timeout: 120_000 });
    expect(agents()).toEqual(before);
    await second.shown('#question');
    await second.picture(pictureFile('second-window'));
    await second.close();
    await new Promise((resolve) => setTimeout(resolve, 20_000));
    expect(agents()).toEqual(before);
  });

  it('that is killed is said to be started again, and answers anew', async () => {
    const [killed = 0] = agents();
    await window.shown('#question');
    process.kill(killed, 'SIGKILL');
    await window.status.filter({ hasText: 'agent is started again' }).waitFor({ timeout: 30_000 });
    await window.picture(pictureFile('agent-killed'));
    await window.status.filter({ hasText: 'problems' }).waitFor({ timeout: 60_000 });
    await window
      .view('Problems of the Cluster')
      .getByText('Not current')
      .waitFor({ state: 'detached', timeout: 60_000 });
    expect(agents()).toHaveLength(1);
    expect(agents()).not.toContain(killed);
    await window.picture(pictureFile('agent-back'));
  });

  it('ends within a minute after the last window is gone without a farewell', async () => {
    expect(agents()).toHaveLength(1);
    await window.crash();
    // The host of extensions stays for hours in case the window comes back: it sees that nobody answers.
    await expect.poll(agents, { timeout: 120_000, interval: 500 }).toEqual([]);
  });

  it('ends within seconds after the last window is closed', async () => {
    const last = await window.beside();
    await last.sidebar();
    await last.row('Problems of the Cluster', 'Critical').waitFor({ timeout: 120_000 });
    expect(agents()).toHaveLength(1);
    await last.page.goto('about:blank');
    // A farewell can get lost on a busy machine: then it takes as long as without one.
    await expect.poll(agents, { timeout: 120_000, interval: 500 }).toEqual([]);
  });
});
