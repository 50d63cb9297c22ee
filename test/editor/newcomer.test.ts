import { cpSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { workloadArchive } from '../bed/build/workload-images.ts';
import { ensureKind } from '../bed/fixtures.ts';
import type { KindBed } from '../bed/fixtures.ts';
import { dockerAt } from '../bed/host/docker.ts';
import { ClusterHand } from '../scenarios/cluster-hand.ts';
import { localMachine } from '../scenarios/local-machine.ts';
import type { LocalMachine } from '../scenarios/local-machine.ts';
import { machineEnvironment } from './machine-environment.ts';
import { packagedExtension } from './packaged-extension.ts';
import { pictureFile } from './pictures.ts';
import { Workbench, workbenchHome } from './workbench.ts';

/** The way of somebody who has nothing but the extension's page, to a cluster of their own and the cause of what is broken in it. Each test goes on from the one before. */
const name = 'autodevops-newcomer';
const minutes = 60_000;
const image = 'docker.io/library/busybox:1.35';
const shop = join(import.meta.dirname, 'shop');
const manifest = readFileSync(join(shop, 'api.yaml'), 'utf8');
const home = workbenchHome();
const over = new AbortController();
let bed: KindBed;
let machine: LocalMachine;
let hand: ClusterHand;
let window: Workbench;
let network: Promise<void>;

const local = (text: string) =>
  window.row('Clusters', 'Local cluster').filter({ hasText: name }).filter({ hasText: text });
const broken = () => window.row('Problems of the Cluster', 'Dependency asked on a port').first();
const engine = () => dockerAt(bed.dockerHost);

/** The steps of the walkthrough, which is opened again where another page took its place. */
async function steps(): Promise<Locator> {
  const found = window.page.locator('.getting-started-step');
  if (!(await found.first().isVisible())) {
    await window.command('Welcome: Open Walkthrough');
    await window.type('From nothing to a repaired cluster');
    await found.first().waitFor();
  }
  return found;
}

/** Presses a button of the walkthrough, in the step of this number. */
async function step(number: number, button: string): Promise<void> {
  const chosen = (await steps()).nth(number);
  if (!(await chosen.getAttribute('class'))?.includes('expanded')) await chosen.click();
  await window.page.locator('.getting-started-step.expanded .monaco-button', { hasText: button }).click();
}

async function isDone(number: number): Promise<void> {
  await (
    await steps()
  )
    .nth(number)
    .locator('.codicon-getting-started-step-checked.complete')
    .waitFor({ timeout: minutes });
}

beforeAll(async () => {
  const [vsix, kind] = await Promise.all([packagedExtension(), ensureKind()]);
  bed = kind;
  machine = localMachine(bed, name);
  hand = new ClusterHand(await bed.kubectl(), machine.kubeconfig);
  await engine().run(['load', '--quiet', '--input', await workloadArchive(engine())]);
  network = machine.bringPodNetwork(over.signal);
  const folder = dirname(machine.kubeconfig);
  cpSync(join(shop, 'api.yaml'), join(folder, 'api.yaml'));
  window = await Workbench.open({ vsix, home, folder, environment: machineEnvironment(machine), height: 1000 });
  await window.sidebar('Clusters', 'Changes');
});

afterAll(async () => {
  await window?.close();
  over.abort();
  await network;
  await machine?.close();
  await bed?.stop();
});

describe('somebody new', { timeout: 10 * minutes }, () => {
  it('is told what there is not, and led to a cluster', async () => {
    await window
      .view('Problems of the Cluster')
      .locator('.welcome-view-content', { hasText: 'There is no cluster yet' })
      .waitFor({ timeout: 2 * minutes });
    await window.picture(pictureFile('newcomer-nothing'));
  });

  it('sees what the machine has', async () => {
    await step(0, 'Run Doctor');
    await expect.poll(async () => await window.editorText(), { timeout: minutes }).toContain('container engine');
    await window.picture(pictureFile('newcomer-doctor'));
    await isDone(0);
  });

  it('starts a cluster from the walkthrough, which is healthy', async () => {
    await step(1, 'Start Local Cluster');
    await local('runs').waitFor({ timeout: 8 * minutes });
    await window.status.filter({ hasText: 'no problem seen' }).waitFor({ timeout: 4 * minutes });
    await isDone(1);
    await window.picture(pictureFile('newcomer-cluster'));
  });

  it('loads an image, deploys what is broken, and sees it without a question', async () => {
    await window.command('Auto-DevOps: Load Image into the Local Cluster');
    await window.type(image);
    await window.page.locator('.statusbar', { hasText: 'is in every node' }).waitFor({ timeout: 3 * minutes });
    await hand.createNamespaces(['shop']);
    await hand.must(['apply', '-f', join(shop, 'around.yaml')]);
    await hand.must(['apply', '-f', '-'], manifest.replace('db:5433', 'db:5432'));
    await hand.settle('shop');
    await hand.must(['apply', '-f', join(shop, 'api.yaml')]);
    await broken().waitFor({ timeout: 3 * minutes });
    await window.picture(pictureFile('newcomer-problem'));
  });

  it('asks Jamie, who names the cause', async () => {
    await step(2, 'Ask Jamie');
    await window.type('why is api failing?');
    const turn = (await window.webview('#question')).locator('.turn').last();
    await expect.poll(async () => await turn.getAttribute('aria-busy'), { timeout: 2 * minutes }).toBe('false');
    expect(await turn.innerText()).toContain('db:5433');
    await isDone(2);
    await window.picture(pictureFile('newcomer-answer'));
  });

  it('corrects the manifest by a quick fix at the very value', async () => {
    await window.openFile('api.yaml');
    await window.command('Problems: Focus on Problems View');
    const mark = window.page.locator('.markers-panel .monaco-list-row', { hasText: '5433' }).first();
    await mark.waitFor({ timeout: 2 * minutes });
    await mark.dblclick();
    const fix = window.page.locator('.action-widget .monaco-list-row', { hasText: 'db:5432' }).first();
    for (let tries = 0; tries < 10 && !(await fix.isVisible()); tries += 1) {
      await window.page.keyboard.press('Escape');
      await window.page.keyboard.press('Control+.');
      await fix.waitFor({ timeout: 6000 }).catch(() => undefined);
    }
    await window.picture(pictureFile('newcomer-quick-fix'));
    await fix.click();
    await expect.poll(async () => await window.editorText(), { timeout: 30_000 }).toContain('db:5432/shop');
  });
});
