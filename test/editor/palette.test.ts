import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commandEntry, commandIds } from '../../extension/src/contributions/commands.ts';
import { startSampleCluster } from '../setup/sample-cluster.ts';
import type { SampleCluster } from '../setup/sample-cluster.ts';
import { writeContexts } from './context-file.ts';
import { packagedExtension } from './packaged-extension.ts';
import { pictureFile } from './pictures.ts';
import { Workbench, workbenchHome } from './workbench.ts';

/** What the palette offers, by how the window stands. */
const home = workbenchHome();
const kubeconfig = join(home, 'kubeconfig');
const prefix = 'Auto-DevOps: ';
const all = commandIds.map(commandEntry);
let sample: SampleCluster;
let window: Workbench;

/** The titles of all commands that can be run now. Only what is in view is drawn, so the list is walked to its end. */
async function offered(): Promise<readonly string[]> {
  await window.palette(prefix);
  const focused = window.page.locator('.quick-input-list .monaco-list-row.focused .label-name');
  await focused.filter({ hasText: prefix }).waitFor({ timeout: 30_000 });
  const found = new Set<string>();
  for (let steps = 0; steps < all.length * 2; steps += 1) {
    const label = await focused.innerText();
    if (found.has(label)) break;
    found.add(label);
    await window.page.keyboard.press('ArrowDown');
  }
  await window.page.keyboard.press('Escape');
  return [...found].filter((label) => label.startsWith(prefix)).map((label) => label.slice(prefix.length));
}

beforeAll(async () => {
  const vsix = await packagedExtension();
  sample = await startSampleCluster();
  writeContexts(kubeconfig, {});
  window = await Workbench.open({ vsix, home, environment: { KUBECONFIG: kubeconfig } });
  await window.sidebar();
});

afterAll(async () => {
  await window?.close();
  await sample?.close();
});

describe('the palette', () => {
  it('offers nothing that needs a cluster where there is none, and all that needs no more than trust', async () => {
    const titles = await offered();
    const needsCluster = all.filter(
      ({ enabled }) => enabled.includes('autodevops.cluster != none') && !enabled.includes('||'),
    );
    const needsTrust = all.filter(({ enabled }) => enabled === 'isWorkspaceTrusted');
    expect(needsCluster.map(({ title }) => title).filter((title) => titles.includes(title))).toEqual([]);
    expect(needsTrust.map(({ title }) => title).filter((title) => !titles.includes(title))).toEqual([]);
  });

  it('offers with a cluster all but what there is nothing for', async () => {
    writeContexts(kubeconfig, { 'kind-shop': sample.url });
    await window.command('Auto-DevOps: Look Again');
    await window.row('Problems of the Cluster', 'Critical').waitFor({ timeout: 120_000 });
    const titles = await offered();
    await window.palette(prefix);
    await window.picture(pictureFile('palette'));
    await window.page.keyboard.press('Escape');
    expect(
      all
        .map(({ title }) => title)
        .filter((title) => !titles.includes(title))
        .toSorted(),
    ).toEqual([
      'Allow Changes in This Session',
      'Apply Manifest',
      'Diagnose File',
      'Diff Manifest with Live',
      'Load Image into the Local Cluster',
      'Remove Local Cluster',
      'Reset Local Cluster',
      'Show Evidence',
      'Stop Local Cluster',
      'Undo Change',
      'Undo Last Change',
    ]);
  });
});
