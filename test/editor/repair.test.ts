import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureKind } from '../bed/fixtures.ts';
import type { KindBed } from '../bed/fixtures.ts';
import { ClusterHand } from '../scenarios/cluster-hand.ts';
import { packagedExtension } from './packaged-extension.ts';
import { pictureFile } from './pictures.ts';
import { Workbench } from './workbench.ts';

/** A Service that selects no pod, in a real cluster; seen, repaired and taken back in a real editor. */
const namespace = `shop-${Date.now().toString(36)}`;
const fault = readFileSync(
  join(import.meta.dirname, '..', 'scenarios', 'network', 'selector-matches-no-pod', 'sick', '1.yaml'),
  'utf8',
);
let bed: KindBed;
let hand: ClusterHand;
let window: Workbench;

const selector = async () =>
  (await hand.must(['-n', namespace, 'get', 'service', 'web', '-o', 'jsonpath={.spec.selector.app}'])).trim();

beforeAll(async () => {
  const [vsix, kind] = await Promise.all([packagedExtension(), ensureKind()]);
  bed = kind;
  hand = new ClusterHand(await bed.kubectl(), bed.kubeconfigPath);
  await hand.createNamespaces([namespace]);
  await hand.must(['-n', namespace, 'apply', '-f', '-'], fault);
  await hand.settle(namespace);
  window = await Workbench.open({ vsix, environment: { KUBECONFIG: bed.kubeconfigPath } });
});

afterAll(async () => {
  await window?.close();
  await hand?.run(['delete', 'namespace', namespace, '--wait=false']);
  await bed?.stop();
});

describe('a fault of the cluster, in the editor', () => {
  it('is a cause in the view, without a question', async () => {
    await window.sidebar('Changes');
    const row = window.row('Problems of the Cluster', namespace);
    await row.first().waitFor({ timeout: 120_000 });
    await window.picture(pictureFile('problems'));
  });

  it('is repaired by one command: the difference is shown, a yes is asked for, and it is verified', async () => {
    await window.command('Auto-DevOps: Propose Fix');
    await window.type(namespace);
    await window.dialog.waitFor({ timeout: 60_000 });
    expect(await window.dialog.innerText()).toContain(
      `Let Service ${namespace}/web select app=web instead of app=webb`,
    );
    expect(await selector()).toBe('webb');
    await window.picture(pictureFile('proposal'));
    await window.press('Apply');
    await expect.poll(selector, { timeout: 120_000, interval: 1000 }).toBe('web');
    // A change that is under way is not history yet: only one that was verified is.
    await window.row('Changes', 'History').waitFor({ timeout: 120_000 });
    await window.row('Changes', `Let Service ${namespace}/web`).waitFor();
    await window.picture(pictureFile('repaired'));
  });

  it('is gone from the view afterwards', async () => {
    await window.row('Problems of the Cluster', namespace).waitFor({ state: 'detached', timeout: 120_000 });
  });

  it('comes back when the change is undone', async () => {
    expect(await selector()).toBe('web');
    await window.command('Auto-DevOps: Undo Last Change');
    await window.press('Undo');
    await expect.poll(selector, { timeout: 120_000, interval: 1000 }).toBe('webb');
  });
});
