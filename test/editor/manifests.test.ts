import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureKind } from '../bed/fixtures.ts';
import type { KindBed } from '../bed/fixtures.ts';
import { ClusterHand } from '../scenarios/cluster-hand.ts';
import { ManifestEditor } from './manifest-editor.ts';
import { packagedExtension } from './packaged-extension.ts';
import { pictureFile } from './pictures.ts';
import { Workbench, workbenchHome } from './workbench.ts';

/** A manifest with two mistakes in it, applied to a real cluster and put right where it is written. */
const namespace = `files-${Date.now().toString(36)}`;
const manifest = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  namespace: ${namespace}
spec:
  replicas: 1
  selector:
    matchLabels:
      app: web
  template:
    metadata:
      labels:
        app: web
    spec:
      terminationGracePeriodSeconds: 1
      containers:
        - name: app
          image: docker.io/library/busybox:1.35
          command: [sh, -c, 'mkdir -p /tmp/www && echo ok > /tmp/www/index.html && exec httpd -f -p 8080 -h /tmp/www']
          envFrom:
            - configMapRef:
                name: web-setings
                optional: false
---
apiVersion: v1
kind: Service
metadata:
  name: web
  namespace: ${namespace}
spec:
  selector:
    app: webb
  ports:
    - name: http
      port: 80
      targetPort: 8080
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: web-settings
  namespace: ${namespace}
data:
  COLOR: blue
`;
const lineOf = (text: string): number => manifest.split('\n').findIndex((line) => line.includes(text)) + 1;

let bed: KindBed;
let hand: ClusterHand;
let window: Workbench;
let editor: ManifestEditor;

const problem = (text: string) => editor.problem(text);
const lens = (title: string) => editor.lens(title);
const selector = async () =>
  (await hand.must(['-n', namespace, 'get', 'service', 'web', '-o', 'jsonpath={.spec.selector.app}'])).trim();

const pressLens = async (title: string): Promise<void> =>
  await editor.pressLens(title, 'Service', lineOf('kind: Service'));

beforeAll(async () => {
  const [vsix, kind] = await Promise.all([packagedExtension(), ensureKind()]);
  bed = kind;
  hand = new ClusterHand(await bed.kubectl(), bed.kubeconfigPath);
  await hand.createNamespaces([namespace]);
  await hand.must(['apply', '-f', '-'], manifest);
  const home = workbenchHome();
  const folder = join(home, 'folder');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'web.yaml'), manifest);
  window = await Workbench.open({
    vsix,
    home,
    folder,
    file: 'web.yaml',
    environment: { KUBECONFIG: bed.kubeconfigPath },
  });
  editor = new ManifestEditor(window);
});

afterAll(async () => {
  await window?.close();
  await hand?.run(['delete', 'namespace', namespace, '--wait=false']);
  await bed?.stop();
});

describe('a manifest of a cluster that is broken, in the editor', () => {
  it('is marked at the very fields that are wrong, by what the cluster says', async () => {
    await lens('Diagnose').first().waitFor({ timeout: 120_000 });
    await window.command('Problems: Focus on Problems View');
    await problem('web-setings')
      .filter({ hasText: `[Ln ${lineOf('name: web-setings')}, Col 23]` })
      .first()
      .waitFor({ timeout: 120_000 });
    const wrong = problem('Jamie').filter({ hasText: `[Ln ${lineOf('app: webb')}, Col 10]` });
    await wrong.first().waitFor({ timeout: 120_000 });
    expect(await wrong.first().innerText()).toContain('which no pod has');
    await editor.goTo(lineOf('app: webb'), 11);
    await window.page.locator('.squiggly-error, .squiggly-warning').first().waitFor();
    await window.picture(pictureFile('manifest-problems'));
  });

  it('says above each object what can be done about it', async () => {
    await editor.goTo(1, 1);
    for (const title of ['Diagnose', 'Logs', 'Diff with Live', 'Apply']) {
      await lens(title).filter({ visible: true }).first().waitFor({ timeout: 30_000 });
    }
  });

  it('is corrected by a quick fix: the near name, and the selector', async () => {
    await editor.goTo(lineOf('name: web-setings'), 25);
    await editor.quickFix('web-settings', 'manifest-quick-fix');
    await expect.poll(async () => await window.editorText(), { timeout: 30_000 }).toContain('name: web-settings\n');
    await editor.goTo(lineOf('app: webb'), 11);
    await editor.quickFix('app', 'manifest-quick-fix');
    await expect.poll(async () => await window.editorText(), { timeout: 30_000 }).not.toContain('webb');
    await problem('apply it').first().waitFor({ timeout: 60_000 });
  });

  it('is compared with what lives', async () => {
    await window.page.keyboard.press('Control+S');
    await pressLens('Diff with Live');
    await editor.difference();
    await window.picture(pictureFile('manifest-diff'));
    await editor.back('web.yaml');
  });

  it('is rehearsed by the server and waits for the yeses that the policy asks for', async () => {
    await pressLens('Apply');
    const dialog = window.page.locator('.monaco-dialog-box');
    await dialog.waitFor({ timeout: 120_000 });
    expect(await dialog.innerText()).toContain(`Apply the reviewed manifest of Service ${namespace}/web`);
    await window.picture(pictureFile('manifest-apply'));
    await dialog.locator('.monaco-button', { hasText: 'Ask for Approval' }).click();
    await window.sidebar('Changes');
    await window.page
      .locator('.monaco-list-row', { hasText: `Apply the reviewed manifest of Service ${namespace}/web` })
      .first()
      .waitFor({ timeout: 60_000 });
    expect(await selector()).toBe('webb');
  });

  it("is applied after one yes where the level says that the cluster is somebody's own", async () => {
    await window.command('Auto-DevOps: Set Autonomy Level');
    const level = window.page.locator('.quick-input-list .monaco-list-row', { hasText: 'development' }).first();
    await level.waitFor({ timeout: 60_000 });
    await level.click();
    await window.page
      .locator('.statusbar', { hasText: 'The autonomy level is development.' })
      .waitFor({ timeout: 120_000 });
    await editor.back('web.yaml');
    await pressLens('Apply');
    await window.press('Apply');
    await expect.poll(selector, { timeout: 120_000, interval: 1000 }).toBe('web');
  });

  it('is marked no more where the cluster is repaired, though it lies behind the difference', async () => {
    await problem('service.no-endpoints.selector').waitFor({ state: 'hidden', timeout: 60_000 });
    // What was not applied is still to be.
    expect(await problem('pod.config.config-map-missing').innerText()).toContain('apply it');
    await window.picture(pictureFile('manifest-applied'));
    expect(await window.notification('asks for your yes').count()).toBe(0);
  });
});
