import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openOwnMachine } from './own-machine.ts';
import type { OwnMachine } from './own-machine.ts';
import { pictureFile } from './pictures.ts';
import { runningAgents } from './running-agents.ts';
import type { Workbench } from './workbench.ts';

/** What a window says while parts of a real local cluster end without its doing, and that it goes on when they are back. Each test goes on from the one before. */
const name = 'autodevops-lost';
const context = `kind-${name}`;
const minutes = 60_000;
let own: OwnMachine;
let window: Workbench;

const local = (text: string) =>
  window.row('Clusters', 'Local cluster').filter({ hasText: name }).filter({ hasText: text });
const healthy = async (one: Workbench): Promise<void> =>
  await one.status
    .filter({ hasText: 'no problem seen' })
    .filter({ hasNotText: 'not all seen' })
    .filter({ hasText: context })
    .waitFor({ timeout: 4 * minutes });
const agents = (): readonly number[] => runningAgents(own.home);

async function startAgain(): Promise<void> {
  await window.command('Auto-DevOps: Start Local Cluster');
  await local('runs').waitFor({ timeout: 5 * minutes });
  await healthy(window);
}

beforeAll(async () => {
  own = await openOwnMachine(name, async (machine) => await machine.must(['up', '--no-agent']));
  window = own.window;
  await window.sidebar('Clusters', 'Changes');
  await local('runs').waitFor({ timeout: 2 * minutes });
  await healthy(window);
});

afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await window?.picture(pictureFile('lost-failed'));
});

afterAll(async () => {
  await own?.close();
});

describe('a local cluster of which something ends', { timeout: 10 * minutes }, () => {
  it('the agent, which two windows share: it is started again, and both see the cluster', async () => {
    const second = await window.beside();
    await second.sidebar('Changes');
    await healthy(second);
    const [killed = 0] = agents();
    expect(agents()).toHaveLength(1);
    process.kill(killed, 'SIGKILL');
    await expect
      .poll(() => agents().filter((id) => id !== killed).length, { timeout: 2 * minutes, interval: 200 })
      .toBe(1);
    for (const one of [window, second]) {
      await one.page.bringToFront();
      await healthy(one);
    }
    expect(agents()).toHaveLength(1);
    await second.picture(pictureFile('lost-agent-second-window'));
    await second.close();
    await window.page.bringToFront();
  });

  it('a worker: Jamie says which node does not answer, and the view that one is stopped', async () => {
    await own.engine.run(['stop', '--time', '5', `${name}-worker2`]);
    await local('some nodes are stopped').waitFor({ timeout: 2 * minutes });
    await window
      .row('Problems of the Cluster', `${name}-worker2`)
      .first()
      .waitFor({ timeout: 4 * minutes });
    await window.picture(pictureFile('lost-worker'));
    await startAgain();
    await window.picture(pictureFile('lost-worker-back'));
  });

  it('the node of the API server: that it does not answer is said, and starting the cluster mends it', async () => {
    await own.engine.run(['stop', '--time', '5', `${name}-control-plane`]);
    await window
      .view('Problems of the Cluster')
      .getByText(/refuses the connection|Not current|as of \d+ s ago/)
      .first()
      .waitFor({ timeout: 3 * minutes });
    await local('some nodes are stopped').waitFor({ timeout: 2 * minutes });
    await window.picture(pictureFile('lost-api-server'));
    await startAgain();
    await window.picture(pictureFile('lost-api-server-back'));
  });
});
