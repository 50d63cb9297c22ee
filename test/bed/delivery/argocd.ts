import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { goTool } from '../build/go-tools.ts';
import type { Component } from '../control-plane/component-process.ts';
import { freePorts } from '../control-plane/ports.ts';
import type { Bed } from '../fixtures.ts';
import { run } from '../host/command.ts';
import { runFolder } from '../host/folders.ts';
import { serveKinds } from './custom-kinds.ts';
import { startBeside, type ProgramsBeside } from './programs-beside.ts';

export const ARGOCD_NAMESPACE = 'argocd';

const settings = { 'app.kubernetes.io/part-of': 'argocd' };

/** What an installation of Argo CD begins with: its settings, all by default, and the project that allows everything. */
const OBJECTS = [
  { apiVersion: 'v1', kind: 'Namespace', metadata: { name: ARGOCD_NAMESPACE } },
  {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'argocd-cm', namespace: ARGOCD_NAMESPACE, labels: settings },
  },
  {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'argocd-secret', namespace: ARGOCD_NAMESPACE, labels: settings },
  },
  {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'AppProject',
    metadata: { name: 'default', namespace: ARGOCD_NAMESPACE },
    spec: {
      sourceRepos: ['*'],
      destinations: [{ server: '*', namespace: '*' }],
      clusterResourceWhitelist: [{ group: '*', kind: '*' }],
    },
  },
];

type Ports = { cache: number; repo: number; repoHealth: number; health: number };

/** Argo CD beside a cluster: its kinds, and what keeps Applications in step as processes of this machine. */
export async function startArgoCd(bed: Bed): Promise<ProgramsBeside> {
  const tools = await goTool('argocd');
  await serveKinds(bed, tools);
  await run(await bed.kubectl(), ['apply', '-f', '-'], {
    env: { KUBECONFIG: bed.kubeconfigPath },
    input: JSON.stringify({ apiVersion: 'v1', kind: 'List', items: OBJECTS }),
    seconds: 60,
  });
  const folder = runFolder(bed.name);
  const [cache, repo, repoHealth, health] = (await freePorts(4)) as [number, number, number, number];
  const parts = components(join(tools, 'argocd'), bed, folder, { cache, repo, repoHealth, health });
  const healthy = [repoHealth, health].map((port) => ({ of: 'Argo CD', url: `http://127.0.0.1:${port}/healthz` }));
  return await startBeside(bed, parts, healthy);
}

function components(command: string, bed: Bed, folder: string, ports: Ports): Component[] {
  const temporary = join(folder, 'argocd.tmp');
  mkdirSync(temporary, { recursive: true });
  const env = {
    KUBECONFIG: bed.kubeconfigPath,
    TMPDIR: temporary,
    ARGOCD_FAKE_IN_CLUSTER: 'true',
    ARGOCD_GPG_ENABLED: 'false',
    ARGOCD_TLS_DATA_PATH: temporary,
    ARGOCD_SSH_DATA_PATH: temporary,
    ARGOCD_PLUGINSOCKFILEPATH: temporary,
    ARGOCD_ASK_PASS_SOCK: join(temporary, 'ask-pass.sock'),
  };
  const cache = `--redis=127.0.0.1:${ports.cache}`;
  const args = {
    cache: [`127.0.0.1:${ports.cache}`],
    'repo-server': [
      cache,
      '--disable-tls',
      '--address=127.0.0.1',
      `--port=${ports.repo}`,
      '--metrics-address=127.0.0.1',
      `--metrics-port=${ports.repoHealth}`,
    ],
    'application-controller': [
      cache,
      `--namespace=${ARGOCD_NAMESPACE}`,
      `--repo-server=127.0.0.1:${ports.repo}`,
      '--repo-server-plaintext',
      `--metrics-port=${ports.health}`,
      '--app-resync=3600',
    ],
  };
  return Object.entries(args).map(([part, own]) => ({ name: `argocd-${part}`, command, args: [part, ...own], env }));
}
