import { cpSync } from 'node:fs';
import { createServer } from 'node:net';
import { delimiter, dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { goTool, hasGoTool } from '../bed/build/go-tools.ts';
import { ensureKind } from '../bed/fixtures.ts';
import type { KindBed } from '../bed/fixtures.ts';
import { ClusterHand } from '../scenarios/cluster-hand.ts';
import { packagedExtension } from './packaged-extension.ts';
import { pictureFile } from './pictures.ts';
import { Workbench, workbenchHome } from './workbench.ts';

/** What the editor does with programs of the person's own machine: logs, a terminal and ports of a pod of a real cluster, charts, a report. */
const namespace = `tools-${Date.now().toString(36)}`;
const pods = `
apiVersion: apps/v1
kind: Deployment
metadata: {name: teller}
spec:
  replicas: 1
  selector: {matchLabels: {app: teller}}
  template:
    metadata: {labels: {app: teller}}
    spec:
      terminationGracePeriodSeconds: 1
      containers:
        - name: app
          image: docker.io/library/busybox:1.35
          imagePullPolicy: IfNotPresent
          command: [sh, -c, 'mkdir -p /tmp/www && echo told-by-$HOSTNAME > /tmp/www/index.html && httpd -p 8080 -h /tmp/www && seconds=0 && while true; do seconds=$((seconds+1)); echo second-$seconds-of-$HOSTNAME; sleep 1; done']
---
apiVersion: v1
kind: Service
metadata: {name: nobody}
spec: {selector: {app: tellerr}, ports: [{port: 80, targetPort: 8080}]}
`;
let bed: KindBed;
let hand: ClusterHand;
let window: Workbench;

/** What the terminal in front shows. */
async function terminalText(): Promise<string> {
  const rows = await window.page.locator('.terminal-wrapper.active .xterm-rows > div').allInnerTexts();
  return rows.join('\n').replaceAll('\u00A0', ' ');
}

/** The box in front asks for this; one that has just been answered may still stand there. */
async function asked(text: string): Promise<void> {
  await window.page.locator('.quick-input-message', { hasText: text }).waitFor({ timeout: 30_000 });
}

/** Calls a command of pods, for an object that the diagnosis does not speak of. */
async function command(title: string, object = `deployment/teller -n ${namespace}`): Promise<void> {
  await window.command(title);
  await window.page
    .locator('.quick-input-list .monaco-list-row', { hasText: 'Another one' })
    .first()
    .click({ timeout: 30_000 });
  await asked('Its kind and name');
  await window.type(object);
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
  });
  return typeof address === 'object' && address !== null ? address.port : 0;
}

beforeAll(async () => {
  const [vsix, kind] = await Promise.all([packagedExtension(), ensureKind()]);
  bed = kind;
  const kubectl = await bed.kubectl();
  hand = new ClusterHand(kubectl, bed.kubeconfigPath);
  await hand.createNamespaces([namespace]);
  await hand.must(['-n', namespace, 'apply', '-f', '-'], pods);
  await hand.settle(namespace);
  const home = workbenchHome();
  const folder = join(home, 'folder');
  cpSync(join(import.meta.dirname, 'rendered'), folder, { recursive: true });
  const helm = hasGoTool('helm') ? [await goTool('helm')] : [];
  const path = [dirname(kubectl), ...helm, process.env['PATH'] ?? ''].join(delimiter);
  window = await Workbench.open({
    vsix,
    home,
    folder,
    file: 'kustomized/kustomization.yaml',
    settings: { 'terminal.integrated.gpuAcceleration': 'off' },
    // As started from a terminal: otherwise the editor takes its PATH from a login shell.
    environment: { KUBECONFIG: bed.kubeconfigPath, PATH: path, VSCODE_CLI: '1' },
  });
  await window.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await window.sidebar();
  await window.row('Problems of the Cluster', `${namespace}/nobody`).first().waitFor({ timeout: 120_000 });
});

afterAll(async () => {
  await window?.close();
  await hand?.run(['delete', 'namespace', namespace, '--wait=false']);
  await bed?.stop();
});

describe('a pod of the cluster', () => {
  it('tells its log in a terminal, line by line as it is written', async () => {
    await command('Auto-DevOps: Tail Logs');
    const newest = async (): Promise<number> =>
      Math.max(
        0,
        ...[...(await terminalText()).matchAll(/second-(\d+)-of-teller/g)].map(([, second]) => Number(second)),
      );
    await expect.poll(newest, { timeout: 60_000 }).toBeGreaterThan(0);
    const before = await newest();
    await expect.poll(newest, { timeout: 30_000 }).toBeGreaterThan(before);
    await window.picture(pictureFile('pod-logs'));
  });

  it('is entered only after a warning and a yes, and does what is typed there', async () => {
    await command('Auto-DevOps: Open Terminal in Pod');
    await window.dialog.waitFor({ timeout: 30_000 });
    expect(await window.dialog.innerText()).toContain('no policy is asked, nothing is written to the audit log');
    await window.picture(pictureFile('pod-terminal-asks'));
    await window.press('Open');
    await window.page.locator('.terminal-wrapper.active').filter({ hasText: '#' }).waitFor({ timeout: 60_000 });
    await window.page.locator('.terminal-wrapper.active .xterm').click();
    await window.page.keyboard.type('cat /tmp/www/index.html');
    await window.page.keyboard.press('Enter');
    await expect.poll(terminalText, { timeout: 60_000 }).toContain('told-by-teller');
    await window.picture(pictureFile('pod-terminal'));
  });

  it('answers on a port of this machine, once ports were named that there can be', async () => {
    const port = await freePort();
    await command('Auto-DevOps: Port Forward');
    await asked('Ports, here and there');
    await window.type('99999');
    await asked('Write it as in 8080:80');
    await window.type(`${port}:8080`);
    const page = async (): Promise<string> =>
      await fetch(`http://127.0.0.1:${port}/`, { signal: AbortSignal.timeout(5000) }).then(
        async (answer) => await answer.text(),
        () => '',
      );
    await expect.poll(page, { timeout: 60_000, interval: 500 }).toContain('told-by-teller');
    await window.picture(pictureFile('pod-ports'));
  });

  it('is not looked for behind what has none: that is said, and no terminal is opened', async () => {
    const terminals = await window.page.locator('.terminal-wrapper').count();
    await command('Auto-DevOps: Tail Logs', `configmap/kube-root-ca.crt -n ${namespace}`);
    await window.notification('configmap has no pods').waitFor({ timeout: 30_000 });
    expect(await window.page.locator('.terminal-wrapper').count()).toBe(terminals);
  });
});

describe('what is rendered', () => {
  const tab = (name: string) => window.page.locator(`.tab[data-resource-name="${name}"]`);
  const problem = (text: string) => window.page.locator('.markers-panel .monaco-list-row', { hasText: text });

  it('of a kustomization is shown as it would be applied, and judged as any manifest is', async () => {
    await tab('kustomization.yaml').click();
    await window.command('Auto-DevOps: Render Chart or Kustomization');
    await expect.poll(async () => await window.editorText(), { timeout: 60_000 }).toContain('name: shop-web');
    await window.command('Problems: Focus on Problems View');
    await problem('app=web').first().waitFor({ timeout: 60_000 });
    await window.picture(pictureFile('rendered-kustomization'));
  });

  it.skipIf(!hasGoTool('helm'))('of a chart is what helm makes of it', async () => {
    await window.openFile('chart/Chart.yaml');
    await tab('Chart.yaml').waitFor();
    await window.command('Auto-DevOps: Render Chart or Kustomization');
    await expect.poll(async () => await window.editorText(), { timeout: 60_000 }).toContain('name: chart-web');
    expect(await window.editorText()).toContain('replicas: 2');
    await window.picture(pictureFile('rendered-chart'));
  });
});

describe('a report', () => {
  it('is written for the person to look through: versions and codes, and no name of the cluster', async () => {
    await window.command('Auto-DevOps: Report Issue');
    await expect
      .poll(async () => await window.editorText(), { timeout: 60_000 })
      .toContain('service.no-endpoints.selector');
    await window.notification('It was sent nowhere').waitFor({ timeout: 30_000 });
    const copied = await window.page.evaluate<string>('navigator.clipboard.readText()');
    expect(copied).toContain('extension: ');
    for (const name of [namespace, 'teller', 'kind-', bed.kubeconfigPath]) expect(copied).not.toContain(name);
    await window.picture(pictureFile('report'));
  });
});
