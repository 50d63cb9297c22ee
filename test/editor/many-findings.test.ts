import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startReplayServer } from '../../packages/kube/src/replay/replay-server.ts';
import type { ReplayServer } from '../../packages/kube/src/replay/replay-server.ts';
import { generateCluster } from '../performance/generated-cluster.ts';
import { writeContexts } from './context-file.ts';
import { pausedDeployments } from './many-deployments.ts';
import { packagedExtension } from './packaged-extension.ts';
import { pictureFile } from './pictures.ts';
import { Workbench, workbenchHome } from './workbench.ts';

/** A window on clusters of a size that people have. Times are told, not judged: the machine may be busy. */
const home = workbenchHome();
const findings = 5000;
let clusters: readonly ReplayServer[] = [];
let window: Workbench;

const tree = () => window.view('Problems of the Cluster').locator('.monaco-list');

function median(times: readonly number[]): number {
  const sorted = times.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

function tell(what: string, times: readonly number[]): void {
  process.stdout.write(
    `${what}: median ${median(times).toFixed(0)} ms, longest ${Math.max(...times).toFixed(0)} ms of ${times.length}\n`,
  );
}

/** Runs in a page: comes back after two frames with the milliseconds since then. */
const twoFrames = (since: number) =>
  `new Promise((resolve) => { requestAnimationFrame(() => requestAnimationFrame(() => resolve(performance.now() - ${since}))); })`;

/** Runs in the chat: comes back when a cause more is there, with the milliseconds since Enter. */
const enterToCause = `new Promise((resolve) => {
  let began = 0;
  const before = document.querySelectorAll('.cause').length;
  document.addEventListener('keydown', ({ key, timeStamp }) => { if (key === 'Enter') began ||= timeStamp; }, { capture: true });
  const observer = new MutationObserver(() => {
    if (document.querySelectorAll('.cause').length <= before) return;
    observer.disconnect();
    resolve(performance.now() - began);
  });
  observer.observe(document, { childList: true, subtree: true });
})`;

/** Milliseconds from a key until the tree is drawn anew, as the page itself counts them. */
async function keyToPaint(key: string): Promise<number> {
  const began = await window.page.evaluate<number>('performance.now()');
  await window.page.keyboard.press(key);
  return await window.page.evaluate<number>(twoFrames(began));
}

function recordingOf(pods: number): readonly Readonly<Record<string, unknown>>[] {
  return generateCluster(pods).lists.flatMap(({ kind, apiVersion, items }) =>
    items.map((item) => ({ apiVersion, kind: kind.replace(/List$/, ''), ...item })),
  );
}

beforeAll(async () => {
  const vsix = await packagedExtension();
  clusters = await Promise.all(
    [recordingOf(1000), pausedDeployments(findings)].map(
      async (objects) => await startReplayServer({ objects, logs: [], serverVersion: 'v1.36.3' }, { now: Date.now }),
    ),
  );
  const [pods, many] = clusters;
  writeContexts(join(home, 'kubeconfig'), { 'kind-thousand': pods?.url ?? '', 'kind-many': many?.url ?? '' });
  window = await Workbench.open({ vsix, home, environment: { KUBECONFIG: join(home, 'kubeconfig') } });
  await window.sidebar();
});

afterAll(async () => {
  await window?.close();
  for (const cluster of clusters) await cluster.close();
});

describe('a cluster of a thousand pods', () => {
  it('is diagnosed in the chat: the time from Enter to the first cause is told', async () => {
    await tree().getByText('Critical').first().waitFor({ timeout: 120_000 });
    const frame = await window.webview('#question');
    const times: number[] = [];
    for (let run = 0; run < 10; run += 1) {
      const time = frame.evaluate<number>(enterToCause);
      await frame.locator('#question').fill('/diagnose ');
      await frame.locator('#question').press('Enter');
      times.push(await time);
      // The next question is asked when this one is answered to its end.
      await window.page.waitForTimeout(2000);
    }
    tell('Enter to the first cause, 1,000 pods', times);
    expect(times).toHaveLength(10);
    expect(Math.max(...times)).toBeGreaterThan(0);
    await window.picture(pictureFile('thousand-pods'));
  });
});

describe('a cluster with five thousand findings', () => {
  it('is shown: all are counted, the first are drawn', async () => {
    await window.command('Auto-DevOps: Switch Context');
    await window.type('kind-many');
    await window.row('Problems of the Cluster', String(findings)).first().waitFor({ timeout: 180_000 });
    expect(await tree().locator('.monaco-list-row').count()).toBeLessThan(200);
    await window.picture(pictureFile('many-findings'));
  });

  it('is scrolled and opened without waiting: times are told', async () => {
    // A click would open a cause, which takes the keys.
    await window.command('Auto-DevOps: Focus on Problems of the Cluster View');
    const down: number[] = [];
    for (let step = 0; step < 20; step += 1) down.push(await keyToPaint('PageDown'));
    tell('A page down, 5,000 findings', down);
    await window.page.keyboard.press('End');
    await window.row('Problems of the Cluster', `${findings - 200} more`).waitFor();
    const began = performance.now();
    await window.row('Problems of the Cluster', `${findings - 200} more`).click();
    // They come below what is in view.
    await expect
      .poll(
        async () => {
          await window.page.keyboard.press('End');
          return await window.row('Problems of the Cluster', `${findings - 400} more`).count();
        },
        { timeout: 20_000, interval: 100 },
      )
      .toBe(1);
    tell('The rest opened, 5,000 findings', [performance.now() - began]);
    await window.picture(pictureFile('many-findings-end'));
    expect(await tree().locator('.monaco-list-row').count()).toBeLessThan(200);
  });
});
