import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { AxeResults } from 'axe-core';
import type { Frame } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureKind } from '../bed/fixtures.ts';
import type { KindBed } from '../bed/fixtures.ts';
import { ClusterHand } from '../scenarios/cluster-hand.ts';
import { packagedExtension } from './packaged-extension.ts';
import { pictureFile } from './pictures.ts';
import { Workbench } from './workbench.ts';

/** A Service that selects no pod, in a real cluster; asked about and repaired in the sidebar of a real editor. */
const namespace = `shop-${Date.now().toString(36).slice(-4)}`;
const fault = readFileSync(
  join(import.meta.dirname, '..', 'scenarios', 'network', 'selector-matches-no-pod', 'sick', '1.yaml'),
  'utf8',
);
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const mark = `#Service/${namespace}/web`;

let bed: KindBed;
let hand: ClusterHand;
let window: Workbench;
let chat: Frame;

const field = () => chat.locator('#question');
const turn = () => chat.locator('.turn').last();
const selector = async () =>
  (await hand.must(['-n', namespace, 'get', 'service', 'web', '-o', 'jsonpath={.spec.selector.app}'])).trim();

/** By keys alone. Gives when Enter was pressed. */
async function ask(question: string): Promise<number> {
  const before = await chat.locator('.turn').count();
  await field().focus();
  await window.page.keyboard.type(question);
  await window.page.keyboard.press('Escape');
  const began = Date.now();
  await window.page.keyboard.press('Enter');
  await expect
    .poll(async () => await chat.locator('.turn').count(), { timeout: 30_000, interval: 20 })
    .toBeGreaterThan(before);
  return began;
}

async function answered(): Promise<void> {
  await expect.poll(async () => await turn().getAttribute('aria-busy'), { timeout: 90_000 }).toBe('false');
}

/** Chooses a theme, as a person does: from the list, by its name. */
async function wear(theme: string): Promise<void> {
  await window.page.locator('.part.editor').click();
  await window.page.keyboard.press('Control+K');
  await window.page.keyboard.press('Control+T');
  const list = window.page.locator('.quick-input-widget input[placeholder*="heme"]');
  await list.waitFor({ timeout: 30_000 });
  await list.fill(theme);
  await window.page
    .locator('.quick-input-list .monaco-list-row', { hasText: theme })
    .first()
    .waitFor({ timeout: 30_000 });
  await window.page.keyboard.press('Enter');
}

/** What of the page people who hear it, or do not see its colours, cannot use. */
async function barriers(): Promise<readonly string[]> {
  await chat.evaluate(axe);
  const { violations } = await chat.evaluate<AxeResults>("axe.run(document.querySelector('#chat'))");
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 120)}: ${failureSummary ?? ''}`),
    );
}

async function overflow(): Promise<number> {
  return await chat.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth');
}

beforeAll(async () => {
  const [vsix, kind] = await Promise.all([packagedExtension(), ensureKind()]);
  bed = kind;
  hand = new ClusterHand(await bed.kubectl(), bed.kubeconfigPath);
  await hand.createNamespaces([namespace]);
  await hand.must(['-n', namespace, 'apply', '-f', '-'], fault);
  await hand.settle(namespace);
  window = await Workbench.open({ vsix, environment: { KUBECONFIG: bed.kubeconfigPath } });
  await window.sidebar();
  chat = await window.webview('#question');
  await window.widen(420);
  // As high as many a screen, and with room for what is tried.
  await window.page.setViewportSize({ width: 1280, height: 1100 });
  // Off what tells its name to a mouse.
  await window.page.mouse.move(700, 400);
  // Kept current from now on: what is known is shown at once.
  await window.row('Problems of the Cluster', namespace).first().waitFor({ timeout: 120_000 });
});

afterAll(async () => {
  await window?.close();
  await hand?.run(['delete', 'namespace', namespace, '--wait=false']);
  await bed?.stop();
});

describe('Jamie in the sidebar', () => {
  it('says how the cluster is before anything is asked', async () => {
    await chat.locator('.suggestions .link', { hasText: '/diagnose' }).waitFor({ timeout: 60_000 });
    await window.picture(pictureFile('chat-welcome'));
  });

  it('answers by keys alone: findings, evidence, what changed, what would help', async () => {
    const began = await ask('/diagnose');
    await turn().locator('.cause').first().waitFor({ timeout: 30_000 });
    process.stderr.write(`from Enter to the first finding: ${Date.now() - began} ms\n`);
    await answered();
    for (const part of ['headline', 'causes', 'timeline']) {
      expect(await turn().locator(`[data-part="${part}"]`).count(), part).toBe(1);
    }
    await window.picture(pictureFile('chat-diagnosis'));
  });

  it('completes what is written, by keys alone', async () => {
    await field().focus();
    await window.page.keyboard.type(`/why #${namespace}`);
    await chat.locator('[role=option]', { hasText: mark }).first().waitFor({ timeout: 30_000 });
    await window.picture(pictureFile('chat-completions'));
    await window.page.keyboard.press('Enter');
    expect(await field().inputValue()).toContain(mark);
    await window.page.keyboard.press('Enter');
    // The one before has been answered already.
    await turn().filter({ hasText: mark }).waitFor({ timeout: 30_000 });
    await answered();
    expect(await turn().innerText()).toContain('webb');
  });

  it('leads to the page of an object', async () => {
    await ask(`/diagnose ${mark}`);
    await answered();
    await turn()
      .locator('.link', { hasText: `${namespace}/web` })
      .first()
      .click();
    await window.page.locator('.tab', { hasText: 'web' }).first().waitFor({ timeout: 60_000 });
    await window.picture(pictureFile('chat-object'));
  });

  it('repairs by a card that shows what would be done, and how that goes', async () => {
    await ask(`/fix ${mark}`);
    await answered();
    const card = turn().locator('.card').first();
    expect(await card.innerText()).toContain(`Let Service ${namespace}/web select app=web instead of app=webb`);
    await card.scrollIntoViewIfNeeded();
    await window.picture(pictureFile('chat-card'));
    expect(await selector()).toBe('webb');
    await card.locator('button', { hasText: 'Apply' }).focus();
    await window.page.keyboard.press('Enter');
    await expect.poll(selector, { timeout: 120_000, interval: 1000 }).toBe('web');
    await turn().locator('.card.good').waitFor({ timeout: 120_000 });
    await window.picture(pictureFile('chat-repaired'));
  });

  it('keeps the conversation, and finds it by a word', async () => {
    await chat.getByRole('button', { name: 'New Conversation' }).click();
    await expect.poll(async () => await chat.locator('.turn').count()).toBe(0);
    await chat.getByRole('button', { name: 'History' }).click();
    await chat.locator('.history input').fill('wrong');
    await chat.locator('.conversations .link').first().waitFor({ timeout: 30_000 });
    await window.picture(pictureFile('chat-history'));
    await chat.locator('.conversations .link').first().click();
    await expect.poll(async () => await chat.locator('.turn').count(), { timeout: 30_000 }).toBeGreaterThan(0);
  });
});

describe('the page of the chat', () => {
  it.each([
    ['dark', 'Dark 2026', 'vscode-dark'],
    ['high-contrast', 'Dark High Contrast', 'vscode-high-contrast'],
    ['light', 'Light 2026', 'vscode-light'],
  ])('has no serious barrier in a %s theme', async (name, theme, kind) => {
    await wear(theme);
    await expect
      .poll(async () => await chat.evaluate<string>('document.body.className'), { timeout: 30_000 })
      .toContain(kind);
    await ask('/diagnose');
    await answered();
    await window.picture(pictureFile(`chat-${name}`));
    expect(await barriers()).toEqual([]);
  });

  it('can be used in a narrow sidebar, and at 200 %', async () => {
    await window.widen(250);
    await expect
      .poll(async () => await chat.evaluate<number>('innerWidth'), { timeout: 10_000 })
      .toBeLessThanOrEqual(250);
    await expect.poll(overflow, { timeout: 10_000 }).toBe(0);
    await window.picture(pictureFile('chat-narrow'));
    // At 200 % a window of 1280 by 1000 is 640 by 500 of the page's pixels.
    await window.page.setViewportSize({ width: 640, height: 500 });
    await expect.poll(overflow, { timeout: 10_000 }).toBe(0);
    await window.picture(pictureFile('chat-zoomed'));
    await field().click({ timeout: 10_000 });
  });
});
