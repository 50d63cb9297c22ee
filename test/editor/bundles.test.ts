import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSampleCluster } from '../setup/sample-cluster.ts';
import type { SampleCluster } from '../setup/sample-cluster.ts';
import { run } from '../bed/host/command.ts';
import { writeContexts } from './context-file.ts';
import { packagedExtension } from './packaged-extension.ts';
import { pictureFile } from './pictures.ts';
import { Workbench, workbenchHome } from './workbench.ts';

/** A cluster that is recorded in one window and looked at from the recording, when it is gone. */
const home = workbenchHome();
const folder = join(home, 'folder');
const archive = join(home, 'recorded.tar.gz');
const unpacked = join(home, 'unpacked');
let sample: SampleCluster;
let window: Workbench;
let gone: Promise<void> | undefined;

async function endCluster(): Promise<void> {
  await (gone ??= sample?.close());
}

/** Answers the editor's dialog of files, which names the place that it offers. */
async function chooseFile(path: string): Promise<string> {
  const input = window.page.locator('.quick-input-widget input');
  await expect.poll(async () => await input.inputValue(), { timeout: 30_000 }).toMatch(/^\//);
  const offered = await input.inputValue();
  await input.fill(path);
  // The first key may only lead to the folder of what is typed.
  for (let tries = 0; tries < 10 && (await input.isVisible()); tries += 1) {
    await window.page.keyboard.press('Enter');
    await input.waitFor({ state: 'hidden', timeout: 3000 }).catch(() => undefined);
  }
  return offered;
}

async function diagnose(kind: 'An archive' | 'A folder', path: string): Promise<void> {
  await window.command('Auto-DevOps: Diagnose Bundle');
  await window.page.locator('.quick-input-list .monaco-list-row', { hasText: kind }).click({ timeout: 30_000 });
  await chooseFile(path);
}

beforeAll(async () => {
  const vsix = await packagedExtension();
  sample = await startSampleCluster();
  mkdirSync(folder);
  writeContexts(join(home, 'kubeconfig'), { 'kind-shop': sample.url });
  window = await Workbench.open({ vsix, home, folder, environment: { KUBECONFIG: join(home, 'kubeconfig') } });
  await window.sidebar();
  await window.row('Problems of the Cluster', 'Critical').waitFor({ timeout: 120_000 });
});

afterAll(async () => {
  await window?.close();
  await endCluster();
});

describe('a bundle', () => {
  it('is captured to where the person wants it; the open folder is offered', async () => {
    await window.command('Auto-DevOps: Capture Bundle');
    expect(await chooseFile(archive)).toMatch(new RegExp(`^${folder}/autodevops-\\d{8}-\\d{4}\\.tar\\.gz$`));
    await window.notification('Secrets are not in it.').waitFor({ timeout: 120_000 });
    expect(existsSync(archive)).toBe(true);
    await window.picture(pictureFile('bundle-captured'));
    await window.command('Notifications: Clear All Notifications');
  });

  it('is diagnosed from its archive when the cluster is gone', async () => {
    await endCluster();
    await diagnose('An archive', archive);
    await expect.poll(async () => await window.editorText(), { timeout: 120_000 }).toContain('db:5433');
    await window.picture(pictureFile('bundle-diagnosed'));
    await window.command('View: Close All Editors');
  });

  it('is diagnosed from the folder that it was unpacked to', async () => {
    mkdirSync(unpacked);
    await run('tar', ['-xzf', archive, '-C', unpacked], { seconds: 30 });
    await diagnose('A folder', unpacked);
    await expect.poll(async () => await window.editorText(), { timeout: 120_000 }).toContain('db:5433');
    await window.command('View: Close All Editors');
  });

  it('that is none is refused, with what would be one', async () => {
    await diagnose('A folder', folder);
    await window
      .notification(/bundle|recorded/i)
      .first()
      .waitFor({ timeout: 60_000 });
    await window.picture(pictureFile('bundle-refused'));
  });
});
