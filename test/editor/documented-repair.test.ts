import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Frame, Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureKind } from '../bed/fixtures.ts';
import type { KindBed } from '../bed/fixtures.ts';
import { ClusterHand } from '../scenarios/cluster-hand.ts';
import { breakShop, shopDatabase, shopFolder } from './broken-shop.ts';
import { ManifestEditor } from './manifest-editor.ts';
import { packagedExtension } from './packaged-extension.ts';
import { pictureFile } from './pictures.ts';
import { Workbench, workbenchHome } from './workbench.ts';

/** The whole way on a real cluster, with the manifest of what is broken open beside it. Its pictures are those of the documentation. */
const namespace = 'shop';
const otherFault = readFileSync(
  join(import.meta.dirname, '..', 'scenarios', 'network', 'selector-matches-no-pod', 'sick', '1.yaml'),
  'utf8',
);
let bed: KindBed;
let hand: ClusterHand;
let window: Workbench;
let chat: Frame;

const turn = (): Locator => chat.locator('.turn').last();
const mark = (): Locator =>
  window.page.locator('.markers-panel .monaco-list-row', { hasText: 'would set it back' }).first();
const database = async (): Promise<string> => await shopDatabase(hand);

async function ask(question: string): Promise<void> {
  await chat.locator('#question').fill(question);
  await chat.locator('#question').press('Enter');
  await turn().filter({ hasText: question }).waitFor({ timeout: 30_000 });
  await expect.poll(async () => await turn().getAttribute('aria-busy'), { timeout: 90_000 }).toBe('false');
}

beforeAll(async () => {
  const [vsix, kind] = await Promise.all([packagedExtension(), ensureKind()]);
  bed = kind;
  hand = new ClusterHand(await bed.kubectl(), bed.kubeconfigPath);
  await breakShop(hand, otherFault);
  const home = workbenchHome();
  const folder = join(home, 'shop');
  cpSync(shopFolder, folder, { recursive: true });
  window = await Workbench.open({
    vsix,
    home,
    folder,
    file: 'api.yaml',
    // The cluster is shared: what else is in it does not belong in the pictures.
    settings: { 'workbench.colorTheme': 'Dark 2026', 'autodevops.problems.namespace': namespace },
    environment: { KUBECONFIG: bed.kubeconfigPath },
    height: 900,
  });
  await window.sidebar();
  await window.widen(430);
  chat = await window.webview('#question');
  // Named by what its log says, which is there when it has ended once.
  await window.row('Problems of the Cluster', 'Dependency asked on a port').first().waitFor({ timeout: 120_000 });
});

afterAll(async () => {
  await window?.close();
  await hand?.run(['delete', 'namespace', namespace, '--wait=false']);
  await bed?.stop();
});

describe('a workload that asks for the wrong port', () => {
  it('is told in the sidebar, in the tree and at the very line of its manifest', async () => {
    await ask('/diagnose');
    expect(await turn().innerText()).toContain('db:5433');
    await window.page.locator('.squiggly-error, .squiggly-warning').first().waitFor({ timeout: 60_000 });
    await window.picture(pictureFile('documented-diagnosis'));
  });

  it('is repaired by a card that shows what would be done', async () => {
    await ask('/fix #Deployment/shop/api');
    const card = turn().locator('.card').first();
    expect(await card.innerText()).toContain('postgres://shop@db:5432/shop');
    await card.locator('.acts').scrollIntoViewIfNeeded();
    await window.picture(pictureFile('documented-proposal'));
    expect(await database()).toContain('db:5433');
    await card.getByRole('button', { name: 'Apply' }).click();
    await turn().locator('.card.good').waitFor({ timeout: 180_000 });
    expect(await database()).toContain('db:5432');
    await turn().locator('.card.good .acts').scrollIntoViewIfNeeded();
    await window.picture(pictureFile('documented-repaired'));
  });

  it('is marked where its manifest would set the repair back, and applying says so first', async () => {
    await window.command('Problems: Focus on Problems View');
    await mark().waitFor({ timeout: 60_000 });
    expect(await mark().innerText()).toContain('The cluster has postgres://shop@db:5432/shop here since');
    await window.page.locator('.codelens-decoration a', { hasText: 'Apply' }).first().click();
    const dialog = window.page.locator('.monaco-dialog-box');
    await dialog.waitFor({ timeout: 120_000 });
    expect(await dialog.innerText()).toContain('Applying this file would set it back.');
    await window.picture(pictureFile('manifest-sets-back'));
    await dialog.locator('.monaco-button', { hasText: 'Cancel' }).click();
    expect(await database()).toContain('db:5432');
  });

  it('is written into its manifest by a quick fix', async () => {
    await window.page.locator('.tab[data-resource-name="api.yaml"]').click();
    await mark().dblclick();
    await new ManifestEditor(window).quickFix('Use what the cluster has', 'manifest-takes-from-cluster');
    await expect.poll(async () => await window.editorText(), { timeout: 30_000 }).toContain('db:5432/shop');
    expect(await window.editorText()).not.toContain('db:5433');
    await mark().waitFor({ state: 'hidden', timeout: 60_000 });
  });
});
