import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { agentClientOf } from '../../../packages/agentd/src/process/agent-client-of.ts';
import type { AgentClient } from '../../../packages/agentd/src/client/agent-client.ts';
import { tcpFetch } from '../../../packages/agentd/src/client/tcp-fetch.ts';
import { goTool } from '../../bed/build/go-tools.ts';
import { productArchive } from '../../bed/build/product-image.ts';
import { ensureKind } from '../../bed/fixtures.ts';
import type { KindBed } from '../../bed/fixtures.ts';
import { run } from '../../bed/host/command.ts';
import { dockerAt } from '../../bed/host/docker.ts';
import { selfSigned } from '../../faults/certificates.ts';
import { ClusterHand } from '../cluster-hand.ts';

const checkout = join(import.meta.dirname, '..', '..', '..');
const chart = join(checkout, 'deploy', 'charts', 'agent');
const account = 'http:ann';

/** The agent's chart in a namespace of its own, from the image that the recipe makes. */
export interface DeployedAgent {
  readonly bed: KindBed;
  readonly hand: ClusterHand;
  readonly namespace: string;
  /** Another one, in which the agent may change workloads. */
  readonly shop: string;
  /** Name of its Deployment, Service and whatever else there is one of. */
  readonly name: string;
  /** Speaks through a port-forward, as the first administrator. */
  readonly client: AgentClient;
  readonly helm: (...args: readonly string[]) => Promise<string>;
  readonly close: () => Promise<void>;
}

/** A port of this machine that leads to the Service; the child ends with whoever kills it. */
async function forward(
  kubectl: string,
  kubeconfig: string,
  namespace: string,
  service: string,
): Promise<{ readonly port: number; readonly child: ChildProcess }> {
  const child = spawn(
    kubectl,
    ['--kubeconfig', kubeconfig, 'port-forward', '--namespace', namespace, `service/${service}`, ':7443'],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  return await new Promise((resolve, reject) => {
    let output = '';
    const timer = setTimeout(() => {
      child.kill('SIGTERM');
      reject(new Error(`No port was forwarded: ${output}`));
    }, 30_000);
    const hear = (part: Buffer): void => {
      output += part.toString('utf8');
      const port = /127\.0\.0\.1:(\d+) ->/.exec(output)?.[1];
      if (port === undefined) return;
      clearTimeout(timer);
      resolve({ port: Number(port), child });
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
  });
}

async function createSecrets(
  hand: ClusterHand,
  namespace: string,
  secrets: Readonly<Record<string, Readonly<Record<string, string>>>>,
): Promise<void> {
  for (const [name, stringData] of Object.entries(secrets)) {
    await hand.must(
      ['create', '--filename', '-'],
      JSON.stringify({ apiVersion: 'v1', kind: 'Secret', metadata: { name, namespace }, stringData }),
    );
  }
}

/** As little as it takes: one namespace to read everything from, one to change workloads in. */
function valuesFor(image: string, namespaces: readonly string[]): unknown {
  const [repository, tag] = image.split(':');
  return {
    image: { repository, tag, pullPolicy: 'Never' },
    configuration: { customer: 'acme', bootstrap: { tokenFile: '/run/secrets/autodevops/bootstrap/token' } },
    tls: { secret: 'agent-tls' },
    secrets: [{ secret: 'agent-bootstrap', folder: 'bootstrap' }],
    rbac: { scarlet: [{ role: 'workloads', namespaces }] },
    persistence: { size: '64Mi' },
  };
}

/** The first administrator, by the token of the mounted Secret. */
async function administrator(port: number, certificate: string, bootstrap: string): Promise<AgentClient> {
  const fetch = tcpFetch({ host: '127.0.0.1', port, trust: { by: 'certificate', certificate } });
  const stranger = agentClientOf({ fetch, token: undefined });
  const { token } = await stranger.claim(
    { body: { token: bootstrap, id: 'ann', name: 'Ann', account } },
    { signal: AbortSignal.timeout(20_000) },
  );
  return agentClientOf({ fetch, token });
}

export async function deployAgent(): Promise<DeployedAgent> {
  const bed = await ensureKind();
  const kubectl = await bed.kubectl();
  const hand = new ClusterHand(kubectl, bed.kubeconfigPath);
  const folder = mkdtempSync(join(tmpdir(), 'autodevops-deployed-'));
  const id = randomBytes(3).toString('hex');
  const [namespace, shop, image, name] = [
    `deployed-${id}`,
    `deployed-${id}-shop`,
    `docker.io/library/autodevops:deployed-${id}`,
    'acme-autodevops-agent',
  ];
  const program = join(await goTool('helm'), 'helm');
  const helm = async (...args: readonly string[]): Promise<string> =>
    await run(program, [...args, '--namespace', namespace], {
      env: {
        KUBECONFIG: bed.kubeconfigPath,
        HELM_CACHE_HOME: folder,
        HELM_CONFIG_HOME: folder,
        HELM_DATA_HOME: folder,
      },
      seconds: 240,
    });
  const ends: (() => Promise<unknown>)[] = [async () => rmSync(folder, { recursive: true, force: true })];
  const close = async (): Promise<void> => {
    for (const end of ends.toReversed()) await end().catch(() => undefined);
    await bed.stop();
  };
  try {
    const docker = dockerAt(bed.dockerHost);
    await productArchive(docker, checkout, image, join(folder, 'image.tar'));
    ends.push(
      async () =>
        await Promise.all(
          bed.nodes.map(
            async (node) => await docker.attempt(['exec', node, 'ctr', '--namespace', 'k8s.io', 'images', 'rm', image]),
          ),
        ),
    );
    await bed.loadImage(join(folder, 'image.tar'));
    ends.push(
      async () => await hand.must(['delete', 'namespace', '--ignore-not-found', '--wait=false', namespace, shop]),
    );
    await hand.createNamespaces([namespace, shop]);
    await hand.must(['label', 'namespace', namespace, 'pod-security.kubernetes.io/enforce=restricted']);
    const [{ certificate, key }, bootstrap] = [
      selfSigned({ names: `DNS:${name}.${namespace}.svc,IP:127.0.0.1` }),
      randomBytes(24).toString('base64url'),
    ];
    await createSecrets(hand, namespace, {
      'agent-tls': { 'tls.crt': certificate, 'tls.key': key },
      'agent-bootstrap': { token: bootstrap },
    });
    writeFileSync(join(folder, 'values.json'), JSON.stringify(valuesFor(image, [namespace, shop])));
    ends.push(async () => await helm('uninstall', 'acme', '--wait', '--timeout', '60s'));
    await helm('install', 'acme', chart, '--values', join(folder, 'values.json'), '--wait', '--timeout', '180s');
    const { port, child } = await forward(kubectl, bed.kubeconfigPath, namespace, name);
    ends.push(async () => child.kill('SIGTERM'));
    return { bed, hand, namespace, shop, name, helm, close, client: await administrator(port, certificate, bootstrap) };
  } catch (error) {
    const state = await hand.run(['get', 'pods,events', '--namespace', namespace]).catch(() => ({ output: '' }));
    const log = await hand
      .run(['logs', '--namespace', namespace, `deployment/${name}`, '--tail=30'])
      .catch(() => ({ output: '' }));
    await close();
    throw new Error(
      `The agent was not deployed: ${error instanceof Error ? error.message : String(error)}\n${state.output}\n${log.output}`,
      { cause: error },
    );
  }
}
