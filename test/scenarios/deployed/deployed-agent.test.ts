import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { refByName } from '../../../packages/domain/src/object-ref.ts';
import { hasGoTool } from '../../bed/build/go-tools.ts';
import { deployAgent } from './deployed-agent.ts';
import type { DeployedAgent } from './deployed-agent.ts';

const why = hasGoTool('helm') ? '' : ' (skipped: Helm is not built yet, npm run bed -- build --tools)';
let deployed: DeployedAgent;

const within = (): { readonly signal: AbortSignal } => ({ signal: AbortSignal.timeout(60_000) });

/** A Deployment that nobody is named by, which waits for an image that there is not. */
const broken = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web' },
  spec: {
    selector: { matchLabels: { app: 'web' } },
    template: {
      metadata: { labels: { app: 'web' } },
      spec: { containers: [{ name: 'web', image: 'docker.io/library/never-built:1.0', imagePullPolicy: 'Never' }] },
    },
  },
};

/** The rules that speak against a restart. */
async function againstRestart(
  namespace: string,
  name: string,
): Promise<{ readonly tier: string; readonly rules: readonly string[] }> {
  const { decision, rules } = await deployed.client.explainDecision(
    {
      body: {
        requests: [{ action: 'restart-rollout', target: refByName('Deployment', namespace, name), params: {} }],
        reason: 'It is asked what would be said.',
      },
    },
    within(),
  );
  return { tier: decision.tier, rules: rules.filter(({ matched }) => matched).map(({ rule }) => rule) };
}

describe.skipIf(why !== '')(`the agent of the chart${why}`, () => {
  beforeAll(async () => {
    deployed = await deployAgent();
    await deployed.hand.must(['create', '--namespace', deployed.shop, '--filename', '-'], JSON.stringify(broken));
  }, 900_000);

  afterAll(async () => {
    await deployed?.close();
  });

  it('is well, with its store and its cluster', async () => {
    const { ready, parts } = await deployed.client.health({}, within());
    expect(parts.filter(({ well }) => !well)).toEqual([]);
    expect(ready).toBe(true);
  });

  it('sees what is wrong in another namespace', async () => {
    await expect
      .poll(
        async () =>
          (await deployed.client.diagnose({ body: { namespaces: [deployed.shop] } }, within())).causes
            .map(({ object }) => object.name)
            .join(),
        { timeout: 60_000, interval: 2000 },
      )
      .toMatch(/^web/);
  });

  it('protects the Deployment that owns its pod, although its role would let it patch it and no label says that it is its own', async () => {
    const { hand, namespace, name, shop } = deployed;
    await hand.must(['label', 'deployment', name, '--namespace', namespace, 'app.kubernetes.io/part-of-']);
    const own = await againstRestart(namespace, name);
    expect(own).toMatchObject({
      tier: 'forbidden',
      rules: expect.arrayContaining(['floor.own-permissions', 'floor.own-namespace']),
    });
    const other = await againstRestart(shop, 'web');
    expect(other.rules).not.toContain('floor.own-permissions');
    expect(other.rules).not.toContain('floor.own-namespace');
  });

  it('is found by `helm test` at its Service with the very certificate', async () => {
    expect(await deployed.helm('test', 'acme', '--timeout', '90s')).toMatch(/Phase:\s+Succeeded/);
  });

  it('keeps its store on a volume, and commands run in its pod by its own configuration', async () => {
    const { hand, namespace, name } = deployed;
    expect(
      await hand.must([
        'get',
        'persistentvolumeclaim',
        name,
        '--namespace',
        namespace,
        '--output',
        'jsonpath={.status.phase}',
      ]),
    ).toBe('Bound');
    const checked = await hand.must([
      'exec',
      '--namespace',
      namespace,
      `deployment/${name}`,
      '--',
      'node',
      '/opt/autodevops/bin/autodevops.mjs',
      'config',
      'show',
      '--output',
      'json',
    ]);
    expect(checked).toContain('sqlite:///var/lib/autodevops/jamie.db');
  });
});
