import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSampleCluster } from '../setup/sample-cluster.ts';
import type { SampleCluster } from '../setup/sample-cluster.ts';
import { writeContexts } from './context-file.ts';
import { ManifestEditor } from './manifest-editor.ts';
import { packagedExtension } from './packaged-extension.ts';
import { pictureFile } from './pictures.ts';
import { Workbench, workbenchHome } from './workbench.ts';

/** Manifests as they are written, beside the sample cluster: what a person is told, offered and led to. */
const home = workbenchHome();
const folder = join(home, 'orders');
const source = join(import.meta.dirname, 'orders');
/** Where something is to be completed stands `?` and what. */
const unfinished = readFileSync(join(source, 'unfinished.yaml'), 'utf8');
const mistakes = readFileSync(join(source, 'mistakes.yaml'), 'utf8');
/** Of something that nobody has applied: what it names is looked for by its file alone. */
const later = `apiVersion: v1
kind: Pod
metadata: {name: later, namespace: shop}
spec:
  containers:
    - name: app
      image: docker.io/library/busybox:1.35
      envFrom:
        - configMapRef: {name: made-later}
`;
let sample: SampleCluster;
let window: Workbench;

const problem = (text: string) => window.page.locator('.markers-panel .monaco-list-row', { hasText: text });

/** Line and column of a text, as the editor counts them. */
function placeOf(text: string, sought: string): { readonly line: number; readonly column: number } {
  const before = text.slice(0, text.indexOf(sought)).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

async function open(file: string): Promise<void> {
  await window.openFile(file);
  await window.page.locator(`.tab.active[data-resource-name="${file}"]`).waitFor({ timeout: 30_000 });
}

async function goTo({ line, column }: { readonly line: number; readonly column: number }): Promise<void> {
  await window.page.locator('.editor-group-container.active .view-lines').first().click();
  await window.page.keyboard.press('Control+G');
  await window.type(`:${line}:${column}`);
}

beforeAll(async () => {
  const vsix = await packagedExtension();
  sample = await startSampleCluster();
  writeContexts(join(home, 'kubeconfig'), { 'kind-shop': sample.url });
  mkdirSync(folder);
  for (const file of ['mistakes.yaml', 'settings.yaml', 'closed.yaml']) cpSync(join(source, file), join(folder, file));
  writeFileSync(join(folder, 'later.yaml'), later);
  writeFileSync(join(folder, 'unfinished.yaml'), unfinished.replaceAll(/\?[\w-]+/g, ''));
  window = await Workbench.open({
    vsix,
    home,
    folder,
    settings: { 'editor.wordBasedSuggestions': 'off' },
    environment: { KUBECONFIG: join(home, 'kubeconfig') },
  });
  await window.status.waitFor({ timeout: 60_000 });
});

afterAll(async () => {
  await window?.close();
  await sample?.close();
});

describe('a mistake', () => {
  it.each([
    ['the name of a ConfigMap that is nearly there', 'api-confg', 'Change to api-config', 'name: api-config'],
    ['a key', 'QUEUE_NAM', 'Change to QUEUE_NAME', 'key: QUEUE_NAME'],
    ['the port of a probe', 'htpp', 'Change to http', 'port: http'],
    ['a selector', 'order\n  ports', 'Select app=orders', 'app: orders'],
    ['the port that a Service sends to', 'hhtp', 'Change to http', 'targetPort: http'],
  ])('in %s is corrected by a quick fix', async (_, wrong, title, right) => {
    await open('mistakes.yaml');
    const place = placeOf(mistakes, wrong);
    await goTo(place);
    await new ManifestEditor(window).quickFix(title);
    await expect
      .poll(async () => (await window.editorText()).split('\n').some((line) => line.trim() === right), {
        timeout: 30_000,
      })
      .toBe(true);
    await window.page.keyboard.press('Control+S');
  });

  it('that was corrected is no problem any more', async () => {
    await window.command('Problems: Focus on Problems View');
    await expect.poll(async () => await problem('manifest.').count(), { timeout: 60_000 }).toBe(0);
    await window.picture(pictureFile('writing-corrected'));
  });
});

describe('a name that is being written', () => {
  it.each([
    ['?image', 'registry.example.com/shop/web:2.4.1'],
    ['?config-map', 'api-config'],
    ['?secret', 'db-credentials'],
    ['?key', 'QUEUE_NAME'],
    ['?probe', 'public'],
    ['?target', '8080'],
    ['?service', 'db'],
  ])('at %s is completed by what is in the cluster or in the file (%s)', async (mark, offered) => {
    await open('unfinished.yaml');
    const { line } = placeOf(unfinished, mark);
    await goTo({ line, column: 1 });
    await window.page.keyboard.press('End');
    const item = window.page.locator('.suggest-widget.visible .monaco-list-row', { hasText: offered }).first();
    // The cluster may not have answered in time when it is asked first.
    for (let tries = 0; tries < 5 && !(await item.isVisible()); tries += 1) {
      await window.page.keyboard.press('Escape');
      await window.page.keyboard.press('Control+Space');
      await item.waitFor({ timeout: 8000 }).catch(() => undefined);
    }
    expect(await item.isVisible()).toBe(true);
    if (mark === '?config-map') await window.picture(pictureFile('writing-completion'));
    await window.page.keyboard.press('Escape');
  });
});

describe('a name that stands there', () => {
  it('tells how it stands in the cluster to who rests on it', async () => {
    await open('mistakes.yaml');
    await goTo(placeOf(mistakes, 'worker-config'));
    await window.page.keyboard.press('Control+K');
    await window.page.keyboard.press('Control+I');
    const hover = window.page.locator('.monaco-hover', { hasText: 'ConfigMap shop/worker-config' }).first();
    await hover.waitFor({ timeout: 30_000 });
    expect(await hover.innerText()).toMatch(/In\s+kind-shop/);
    await window.picture(pictureFile('writing-hover'));
    await window.page.keyboard.press('Escape');
  });

  it('leads to where it is described', async () => {
    await goTo(placeOf(mistakes, 'worker-config'));
    await window.page.keyboard.press('F12');
    await window.page.locator('.tab.active[data-resource-name="settings.yaml"]').waitFor({ timeout: 30_000 });
    await window.page
      .locator('.statusbar', {
        hasText: `Ln ${placeOf(readFileSync(join(source, 'settings.yaml'), 'utf8'), 'worker-config').line},`,
      })
      .waitFor();
  });
});

describe('the task of the folder', () => {
  it('prints mistakes of files that nobody has open, and they are problems of the window', async () => {
    await window.command('Tasks: Run Task');
    for (const choice of ['autodevops', 'Check manifests']) {
      await window.page.locator('.quick-input-list .monaco-list-row', { hasText: choice }).first().click();
    }
    // A terminal that is hidden before it is drawn does not begin.
    await window.page.locator('.terminal-wrapper.active .xterm-screen').last().waitFor({ timeout: 60_000 });
    await window.page.locator('[id="status.runningTasks"]').waitFor({ state: 'hidden', timeout: 60_000 });
    await window.command('Problems: Focus on Problems View');
    await problem('Deployment payments has app=payments').first().waitFor({ timeout: 60_000 });
    await window.picture(pictureFile('writing-task'));
  });
});

describe('what a manifest names and the cluster does not have yet', () => {
  it('is marked no more as soon as it was made there, though nobody types and nothing of the manifest runs', async () => {
    await open('later.yaml');
    await window.command('Problems: Focus on Problems View');
    await problem('made-later').waitFor({ timeout: 60_000 });
    const began = performance.now();
    const made = {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'made-later', namespace: 'shop' },
      data: { COLOR: 'blue' },
    };
    const { ok } = await fetch(`${sample.url}/api/v1/namespaces/shop/configmaps`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(made),
    });
    expect(ok).toBe(true);
    // Sooner than what is held of the cluster would be asked for again without being told.
    await problem('made-later').waitFor({ state: 'hidden', timeout: 20_000 });
    process.stdout.write(`From a change in the cluster to the mark: ${(performance.now() - began).toFixed(0)} ms\n`);
  });
});
