import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { AxeResults } from 'axe-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeContexts } from './context-file.ts';
import { packagedExtension } from './packaged-extension.ts';
import { pictureFile } from './pictures.ts';
import { startSampleCluster } from '../setup/sample-cluster.ts';
import type { SampleCluster } from '../setup/sample-cluster.ts';
import { Workbench, workbenchHome } from './workbench.ts';

/** What a person sees in each theme, at twice the size, and reaches by keys alone. */
const home = workbenchHome();
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
let sample: SampleCluster;
let window: Workbench;

/** What axe-core finds serious or worse in the chat, as sentences. */
async function seriousViolations(): Promise<readonly string[]> {
  const frame = await window.webview('#question');
  await frame.evaluate(axe);
  const { violations } = await frame.evaluate<AxeResults>('axe.run(document, { resultTypes: ["violations"] })');
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 200)} ${failureSummary ?? ''}`),
    );
}

async function theme(name: string, shows: string, kind: string): Promise<void> {
  await window.command('Preferences: Color Theme');
  const rows = window.page.locator('.quick-input-list .monaco-list-row');
  // The palette goes before the themes come.
  await rows.filter({ hasText: 'Modern' }).first().waitFor();
  await window.page.locator('.quick-input-widget input').fill(name);
  await rows.filter({ hasText: name }).first().waitFor();
  await window.page.keyboard.press('Enter');
  await window.page.locator(`.monaco-workbench.${shows}`).waitFor({ timeout: 60_000 });
  const frame = await window.webview('#question');
  await frame.locator(`body.vscode-${kind}`).waitFor();
}

/** The name of what has the focus in the window. */
async function focused(): Promise<string> {
  return await window.page.evaluate<string>(`(() => {
    const { activeElement } = document;
    const item = activeElement?.getAttribute('aria-activedescendant');
    return [activeElement, item ? document.getElementById(item) : undefined].map((one) => one?.getAttribute('aria-label') ?? '').join(' ').trim();
  })()`);
}

beforeAll(async () => {
  const vsix = await packagedExtension();
  sample = await startSampleCluster();
  writeContexts(join(home, 'kubeconfig'), { 'kind-shop': sample.url });
  window = await Workbench.open({ vsix, home, environment: { KUBECONFIG: join(home, 'kubeconfig') } });
  await window.sidebar();
  await window.row('Problems of the Cluster', 'Critical').waitFor({ timeout: 120_000 });
  const frame = await window.webview('#question');
  await frame.locator('#question').fill('/diagnose ');
  await frame.locator('#question').press('Enter');
  await frame.locator('.cause').first().waitFor({ timeout: 60_000 });
});

afterAll(async () => {
  await window?.close();
  await sample?.close();
});

describe.each([
  ['Dark Modern', 'vs-dark', 'dark'],
  ['Light Modern', 'vs', 'light'],
  ['Dark High Contrast', 'hc-black', 'high-contrast'],
  ['Light High Contrast', 'hc-light', 'high-contrast-light'],
])('in the theme %s', (name, shows, picture) => {
  it('the chat has no serious violation of accessibility', async () => {
    await theme(name, shows, picture);
    await window.picture(pictureFile(`theme-${picture}`));
    expect(await seriousViolations()).toEqual([]);
  });
});

describe('by keys alone', () => {
  it('a cause is found in the tree and its evidence opened', async () => {
    await window.command('Auto-DevOps: Focus on Problems of the Cluster View');
    // The first key only says where one is.
    await expect
      .poll(
        async () => {
          await window.page.keyboard.press('Home');
          await window.page.keyboard.press('ArrowDown');
          return await focused();
        },
        { timeout: 20_000 },
      )
      .toMatch(/critical: /);
    await window.page.keyboard.press('Enter');
    await expect.poll(async () => await window.editorText(), { timeout: 30_000 }).toContain('Evidence');
    await window.picture(pictureFile('keyboard'));
  });

  it('a question is asked by the keys of Ask Jamie, and answered in the chat', async () => {
    await window.page.keyboard.press('Control+Alt+j');
    await window.page.keyboard.press('j');
    await window.page.locator('.quick-input-widget', { hasText: 'why is web failing?' }).waitFor();
    await window.type('why is api failing?');
    const turn = (await window.webview('#question')).locator('.turn').last();
    await expect.poll(async () => await turn.innerText(), { timeout: 30_000 }).toContain('db:5433');
    await window.picture(pictureFile('keyboard-question'));
  });

  it('the button of the chat is reached from its field by Tab', async () => {
    await window.command('Auto-DevOps: Focus on Jamie View');
    const frame = await window.webview('#question');
    await frame.locator('#question').focus();
    await window.page.keyboard.press('Tab');
    expect(await frame.evaluate<string>('document.activeElement?.getAttribute("aria-label") ?? ""')).toBe('Ask');
  });
});

describe('at twice the size', () => {
  it('nothing of the chat is cut off at its side, and what is written stays in reach', async () => {
    await window.page.setViewportSize({ width: 640, height: 400 });
    const frame = await window.webview('#question');
    await window.page.waitForTimeout(1000);
    await window.picture(pictureFile('zoomed'));
    expect(
      await frame.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth'),
    ).toBeLessThanOrEqual(0);
    expect(await seriousViolations()).toEqual([]);
  });
});
