import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Frame } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { selfSigned } from '../faults/certificates.ts';
import { startSampleCluster } from '../setup/sample-cluster.ts';
import type { SampleCluster } from '../setup/sample-cluster.ts';
import { writeContexts } from './context-file.ts';
import { packagedExtension } from './packaged-extension.ts';
import { pictureFile } from './pictures.ts';
import { Workbench, workbenchHome } from './workbench.ts';

/** What a person is told where a file is wrong, or what it leads to; and that mending it is enough, without a word to the window. */
const home = workbenchHome();
const folder = join(home, 'folder');
const kubeconfig = join(home, 'kubeconfig');
const configuration = join(folder, 'local-config.yaml');
const servers: Server[] = [];
let sample: SampleCluster;
let window: Workbench;
let chat: Frame;

const problems = () => window.view('Problems of the Cluster');
const suggestion = (text: string) => chat.locator('.suggestions .link', { hasText: text });

async function listening(server: Server): Promise<number> {
  servers.push(server);
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return (server.address() as AddressInfo).port;
}

/** All of it is said over the tree, where it can be read whole. */
async function told(...texts: readonly string[]): Promise<void> {
  for (const text of texts) await problems().getByText(text).first().waitFor({ timeout: 120_000 });
}

async function isSeen(): Promise<void> {
  await window.row('Problems of the Cluster', 'Critical').waitFor({ timeout: 120_000 });
  await window.status.filter({ hasText: 'kind-shop' }).filter({ hasText: 'problems' }).waitFor({ timeout: 60_000 });
}

async function mended(): Promise<void> {
  writeContexts(kubeconfig, { 'kind-shop': sample.url });
  await isSeen();
}

beforeAll(async () => {
  const vsix = await packagedExtension();
  sample = await startSampleCluster();
  writeContexts(kubeconfig, { 'kind-shop': sample.url });
  mkdirSync(folder);
  window = await Workbench.open({ vsix, home, folder, environment: { KUBECONFIG: kubeconfig } });
  await window.sidebar('Clusters');
  await isSeen();
  chat = await window.webview('#question');
});

afterAll(async () => {
  await window?.close();
  for (const server of servers) server.close();
  await sample?.close();
});

describe('a kubeconfig', () => {
  it('that is no YAML is said to be so, with the setting that names another one', async () => {
    writeFileSync(kubeconfig, 'contexts: [{name: kind-shop, context: {cluster: [}}\n');
    await told(`The kubeconfig ${kubeconfig} cannot be read: it is no YAML`, 'autodevops.cluster.kubeconfig');
    await window.status.filter({ hasText: 'no kubeconfig can be read' }).waitFor();
    await suggestion('Run Doctor').waitFor({ timeout: 30_000 });
    expect(await problems().innerText()).not.toContain('--kubeconfig');
    await window.picture(pictureFile('kubeconfig-no-yaml'));
  });

  it('that is mended is read again by itself', async () => {
    await mended();
  });

  it('whose current context it does not have leads to those that it has', async () => {
    writeContexts(kubeconfig, { 'kind-shop': sample.url }, 'kind-shpo');
    await told('The current context of the kubeconfig, kind-shpo, is none that it has.');
    await window.status.filter({ hasText: 'no cluster is chosen' }).waitFor();
    await window.row('Clusters', 'kind-shop').waitFor();
    await window.picture(pictureFile('kubeconfig-unknown-context'));
    await suggestion('Switch Context').click();
    await window.type('kind-shop');
    await isSeen();
  });
});

describe('an API server', () => {
  it('whose certificate has expired is said to have one, and what renews it', async () => {
    const pair = selfSigned({ from: -20, to: -3 });
    const port = await listening(
      createTlsServer({ cert: pair.certificate, key: pair.key }, (_request, response) => void response.end('{}')),
    );
    writeContexts(kubeconfig, {
      'kind-shop': {
        server: `https://127.0.0.1:${port}`,
        'certificate-authority-data': Buffer.from(pair.certificate).toString('base64'),
      },
    });
    await told('shows a certificate that has expired', 'Renew it');
    await window.picture(pictureFile('certificate-expired'));
    await mended();
  });

  it('that accepts the person no more is said to do so, and how to be accepted', async () => {
    const refusal = { kind: 'Status', apiVersion: 'v1', status: 'Failure', reason: 'Unauthorized', code: 401 };
    const port = await listening(
      createServer((_request, response) => {
        response.writeHead(401, { 'content-type': 'application/json' }).end(JSON.stringify(refusal));
      }),
    );
    writeContexts(kubeconfig, { 'kind-shop': `http://127.0.0.1:${port}` });
    await told('answers nobody without credentials', 'Log in again, or get a new kubeconfig');
    await window.picture(pictureFile('not-accepted'));
    await mended();
  });

  it('that no network leads to is said not to be found', async () => {
    writeContexts(kubeconfig, { 'kind-shop': 'https://nowhere.invalid:6443' });
    await told('(https://nowhere.invalid:6443) has a name that cannot be resolved', 'DNS and the VPN');
    await suggestion('Look Again').waitFor({ timeout: 30_000 });
    await window.picture(pictureFile('no-network'));
    await mended();
  });
});

describe('the configuration of the folder', () => {
  const notValid = () => window.status.filter({ hasText: 'configuration not valid' });

  it('that is not valid is said to be so, with its line; what is read goes on', async () => {
    writeFileSync(configuration, 'cluster: {type: context, context: kind-shop}\nagents: {scarlett: {}}\n');
    await window
      .view('Clusters')
      .getByText('local-config.yaml:2: "scarlett" is no setting of agents; did you mean "scarlet"?')
      .first()
      .waitFor({ timeout: 60_000 });
    await notValid().waitFor();
    await isSeen();
    await window.picture(pictureFile('configuration-invalid'));
  });

  it('keeps everything from being changed meanwhile: what it forbids would not be kept', async () => {
    await window.command('Auto-DevOps: Propose Fix');
    const refusal = window.notification('Nothing is changed while the configuration of the folder cannot be read');
    await refusal.waitFor({ timeout: 60_000 });
    await window.picture(pictureFile('configuration-keeps-changes'));
    await refusal.locator('.monaco-button', { hasText: 'Open Local Config' }).click();
    await expect.poll(async () => await window.editorText(), { timeout: 30_000 }).toContain('scarlett');
    await window.page.locator('.squiggly-error').first().waitFor({ timeout: 30_000 });
    await window.page.locator('.statusbar', { hasText: 'Ln 2, Col 1' }).waitFor();
    await window.picture(pictureFile('configuration-marked'));
  });

  it('may be of something else: another one is named by a setting, which is shown', async () => {
    await suggestion('Name Another Local Config').click();
    await window.page.locator('.settings-editor').getByText('Local: Config').first().waitFor({ timeout: 60_000 });
    await window.picture(pictureFile('configuration-setting'));
    await window.page.keyboard.press('Control+w');
  });

  it('that is mended holds again by itself', async () => {
    writeFileSync(configuration, 'cluster: {type: context, context: kind-shop}\nagents: {scarlet: {}}\n');
    await notValid().waitFor({ state: 'detached', timeout: 60_000 });
    await isSeen();
  });
});
