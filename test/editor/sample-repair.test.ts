import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Frame, Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeContexts } from './context-file.ts';
import { packagedExtension } from './packaged-extension.ts';
import { pictureFile } from './pictures.ts';
import { startSampleCluster } from '../setup/sample-cluster.ts';
import type { SampleCluster } from '../setup/sample-cluster.ts';
import { Workbench, workbenchHome } from './workbench.ts';

/** The whole way on the sample cluster, with the manifest of what is broken open beside it. Its pictures are those of the documentation. */
const home = workbenchHome();
const folder = join(home, 'shop');
const manifest = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: api
  namespace: shop
spec:
  replicas: 2
  selector:
    matchLabels:
      app: api
  template:
    metadata:
      labels:
        app: api
    spec:
      containers:
        - name: api
          image: busybox:1.36
          ports:
            - name: http
              containerPort: 9000
          env:
            - name: DATABASE_URL
              value: postgres://shop@db:5433/shop
            - name: LOG_LEVEL
              valueFrom:
                configMapKeyRef:
                  name: api-config
                  key: LOG_LEVEL
          readinessProbe:
            httpGet:
              path: /healthz
              port: http
---
apiVersion: v1
kind: Service
metadata:
  name: api
  namespace: shop
spec:
  selector:
    app: api
  ports:
    - port: 9000
`;
let sample: SampleCluster;
let window: Workbench;
let chat: Frame;

const turn = (): Locator => chat.locator('.turn').last();

async function ask(question: string): Promise<void> {
  await chat.locator('#question').fill(question);
  await chat.locator('#question').press('Enter');
  await turn().filter({ hasText: question }).waitFor({ timeout: 30_000 });
  await expect.poll(async () => await turn().getAttribute('aria-busy'), { timeout: 90_000 }).toBe('false');
}

beforeAll(async () => {
  const vsix = await packagedExtension();
  sample = await startSampleCluster();
  writeContexts(join(home, 'kubeconfig'), { 'kind-shop': sample.url });
  mkdirSync(folder);
  writeFileSync(join(folder, 'api.yaml'), manifest);
  window = await Workbench.open({ vsix, home, folder, file: 'api.yaml', settings: { 'workbench.colorTheme': 'Dark 2026' }, environment: { KUBECONFIG: join(home, 'kubeconfig') } });
  await window.page.setViewportSize({ width: 1280, height: 900 });
  await window.sidebar();
  await window.widen(430);
  chat = await window.webview('#question');
  await window.row('Problems of the Cluster', 'Critical').waitFor({ timeout: 120_000 });
});

afterAll(async () => {
  await window?.close();
  await sample?.close();
});

describe('a workload that asks for the wrong port', () => {
  it('is told in the sidebar, in the tree and at the very line of its manifest', async () => {
    await ask('/diagnose');
    expect(await turn().innerText()).toContain('db:5433');
    await window.page.locator('.squiggly-error, .squiggly-warning').first().waitFor({ timeout: 60_000 });
    await window.picture(pictureFile('sample-diagnosis'));
  });

  it('is repaired by a card that shows what would be done', async () => {
    await ask('/fix #Deployment/shop/api');
    const card = turn().locator('.card').first();
    expect(await card.innerText()).toContain('postgres://shop@db:5432/shop');
    await card.locator('.acts').scrollIntoViewIfNeeded();
    await window.picture(pictureFile('sample-card'));
    expect(sample.effects).toEqual([]);
    await card.getByRole('button', { name: 'Apply' }).click();
    await turn().locator('.card.good').waitFor({ timeout: 120_000 });
    expect(sample.effects.length).toBeGreaterThan(0);
    await turn().locator('.card.good .acts').scrollIntoViewIfNeeded();
    await window.picture(pictureFile('sample-repaired'));
  });
});
