import { dirname } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LocalStatus } from '../../packages/domain/src/local-cluster.ts';
import { ensureKind } from '../bed/fixtures.ts';
import type { KindBed } from '../bed/fixtures.ts';
import { dockerAt } from '../bed/host/docker.ts';
import { localMachine } from '../scenarios/local-machine.ts';
import type { LocalMachine } from '../scenarios/local-machine.ts';
import { machineEnvironment } from './machine-environment.ts';
import { packagedExtension } from './packaged-extension.ts';
import { pictureFile } from './pictures.ts';
import { Workbench } from './workbench.ts';

/** The life of a local cluster by the commands of a real editor, in a folder that describes one. Each test goes on from the one before. */
const name = 'autodevops-editor';
const context = `kind-${name}`;
const minutes = 60_000;
let bed: KindBed;
let machine: LocalMachine;
let window: Workbench;
let network: Promise<void>;
const over = new AbortController();

async function phase(): Promise<LocalStatus['phase']> {
  return LocalStatus.parse(JSON.parse((await machine.run(['status', '-o', 'json'])).output)).phase;
}

/** Of all containers of the engine, those of this cluster. */
async function containers(): Promise<readonly string[]> {
  const listed = await dockerAt(bed.dockerHost).run([
    'ps',
    '--all',
    '--format',
    '{{.ID}} {{.CreatedAt}}',
    '--filter',
    `label=io.x-k8s.kind.cluster=${name}`,
  ]);
  return listed
    .split('\n')
    .filter((line) => line !== '')
    .toSorted();
}

const local = (text: string | RegExp) =>
  window.row('Clusters', 'Local cluster').filter({ hasText: name }).filter({ hasText: text });
const progress = (title: string) => window.notification(title);

/** That the verdict is of now: nothing stands beside it that says otherwise. */
async function healthy(): Promise<void> {
  await window.status
    .filter({ hasText: 'no problem seen' })
    .filter({ hasText: context })
    .waitFor({ timeout: 4 * minutes });
}

beforeAll(async () => {
  const [vsix, kind] = await Promise.all([packagedExtension(), ensureKind()]);
  bed = kind;
  machine = localMachine(bed, name);
  network = machine.bringPodNetwork(over.signal);
  const folder = dirname(machine.kubeconfig);
  window = await Workbench.open({ vsix, folder, environment: machineEnvironment(machine) });
  await window.sidebar('Clusters');
  await window
    .view('Clusters')
    .locator('.welcome-view-content', { hasText: 'No kubeconfig names a cluster' })
    .waitFor({ timeout: 2 * minutes });
  await window.picture(pictureFile('local-before'));
});

afterAll(async () => {
  await window?.close();
  over.abort();
  await network;
  await machine?.close();
  await bed?.stop();
});

describe('a local cluster, in the editor', { timeout: 10 * minutes }, () => {
  it('is begun from the palette, says its steps, and is stopped in the middle', async () => {
    await window.command('Auto-DevOps: Start Local Cluster');
    await progress('Starting the local cluster').waitFor({ timeout: minutes });
    await window
      .row('Clusters', 'Starting the local cluster')
      .filter({ hasText: 'Starting Kubernetes' })
      .waitFor({ timeout: 3 * minutes });
    await window.picture(pictureFile('local-progress'));
    await progress('Starting the local cluster').locator('.monaco-button', { hasText: 'Cancel' }).click();
    await window.notification('Start Local Cluster goes on from here').waitFor({ timeout: 2 * minutes });
    await local('half made').waitFor();
    await window.picture(pictureFile('local-half-made'));
    expect(await phase()).toBe('half-made');
  });

  it('is made by the next start, is current then, and Jamie says that it is healthy', async () => {
    await window.command('Auto-DevOps: Start Local Cluster');
    await local('runs').waitFor({ timeout: 6 * minutes });
    await window.row('Clusters', context).filter({ hasText: 'changes allowed' }).waitFor({ timeout: minutes });
    await healthy();
    const chat = await window.webview('#question');
    await chat.locator('#question').fill('is the cluster healthy?');
    await chat.locator('#question').press('Enter');
    const turn = chat.locator('.turn').last();
    await expect.poll(async () => await turn.getAttribute('aria-busy'), { timeout: 2 * minutes }).toBe('false');
    await window.picture(pictureFile('local-healthy'));
    expect(await turn.locator('[data-part="headline"]').innerText()).toMatch(/healthy|no problem|nothing is wrong/i);
  });

  it('is stopped, and stays in the view', async () => {
    await window.command('Auto-DevOps: Stop Local Cluster');
    await local('stopped').waitFor({ timeout: 3 * minutes });
    await window.picture(pictureFile('local-stopped'));
    expect(await phase()).toBe('stopped');
  });

  it('is started again, and is healthy', async () => {
    await window.command('Auto-DevOps: Start Local Cluster');
    await local('runs').waitFor({ timeout: 5 * minutes });
    await healthy();
    await window.picture(pictureFile('local-again'));
  });

  it('says how it stands', async () => {
    await window.command('Auto-DevOps: Status of the Local Cluster');
    await expect
      .poll(async () => await window.editorText(), { timeout: minutes })
      .toContain(`${name}-worker2 (worker): runs`);
    await window.page.keyboard.press('Control+w');
  });

  it('says in a sentence that an image is not there, and where it has to be', async () => {
    await window.command('Auto-DevOps: Load Image into the Local Cluster');
    await window.type('nowhere.invalid/shop/web:dev');
    await window
      .notification('nowhere.invalid/shop/web:dev')
      .filter({ hasText: /no image|not/i })
      .filter({ hasNotText: 'Loading' })
      .waitFor({ timeout: 2 * minutes });
    await window.picture(pictureFile('local-no-image'));
  });

  it('is reset only where a person says so; the agent follows to the new one', async () => {
    const before = await containers();
    await window.command('Auto-DevOps: Reset Local Cluster');
    await window.dialog.waitFor({ timeout: minutes });
    await window.picture(pictureFile('local-reset-asks'));
    await window.press('Cancel');
    expect(await containers()).toEqual(before);
    await window.command('Auto-DevOps: Reset Local Cluster');
    await window.press('Reset');
    await window.row('Clusters', 'Resetting the local cluster').waitFor({ timeout: minutes });
    await local('runs').waitFor({ timeout: 6 * minutes });
    await healthy();
    await window.picture(pictureFile('local-reset'));
    const after = await containers();
    expect(after).toHaveLength(3);
    expect(after.filter((one) => before.includes(one))).toEqual([]);
  });

  it('goes without leaving anything', async () => {
    await window.command('Auto-DevOps: Remove Local Cluster');
    await window.press('Remove');
    await expect
      .poll(async () => [await phase(), await containers()], { timeout: 2 * minutes, interval: 2000 })
      .toEqual(['absent', []]);
    await window.row('Clusters', context).waitFor({ state: 'detached', timeout: minutes });
    await window.picture(pictureFile('local-gone'));
  });
});
