import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { agentClient } from '../../packages/agentd/src/client/agent-client.ts';
import type { AgentClient } from '../../packages/agentd/src/client/agent-client.ts';
import { composeAgent } from '../../packages/agentd/src/compose.ts';
import { Configuration } from '../../packages/agentd/src/configuration/configuration.ts';
import { plainAccess } from '../../packages/kube/src/kubeconfig/plain-access.ts';
import { startReplayServer } from '../../packages/kube/src/replay/replay-server.ts';
import { filledRequest, web } from '../scenarios/change-requests.ts';
import { malformed, namesItsRule, refusalOf, unsafe, unsafePlans } from '../scenarios/unsafe-requests.ts';

const namespace = 'shop';
const options = {
  get signal() {
    return AbortSignal.timeout(60_000);
  },
};
let client: AgentClient;
let close: (() => Promise<void>) | undefined;

function workload(): readonly Readonly<Record<string, unknown>>[] {
  const documents = parseAllDocuments(
    readFileSync(new URL('../scenarios/web-workload.yaml', import.meta.url), 'utf8'),
  ).map((document) => document.toJS() as { readonly kind: string; readonly metadata: { readonly name: string } });
  return documents.map((object) => ({
    ...object,
    metadata: { ...object.metadata, namespace, uid: `uid-${object.kind}-${object.metadata.name}` },
  }));
}

/** As every cluster has one, so that the floor has something to keep people from. */
const dns = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'coredns', namespace: 'kube-system', uid: 'uid-coredns' },
  spec: {
    replicas: 2,
    selector: { matchLabels: { 'k8s-app': 'kube-dns' } },
    template: {
      metadata: { labels: { 'k8s-app': 'kube-dns' } },
      spec: { containers: [{ name: 'coredns', image: 'registry.k8s.io/coredns/coredns:v1.14.2' }] },
    },
  },
};

beforeAll(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'autodevops-unsafe-'));
  const server = await startReplayServer(
    { objects: [...workload(), dns], logs: [], serverVersion: 'v1.36.3' },
    { writable: true },
  );
  const configuration = Configuration.parse({ agents: { scarlet: { autonomy_level: 'suggest' } } });
  const agent = await composeAgent({
    configuration,
    folder,
    version: '0.0.0',
    environment: {},
    writeLog: () => {},
    access: plainAccess('sample', server.url),
  });
  let keys = 0;
  client = agentClient({
    address: 'http://localhost',
    fetch: agent.fetch,
    token: async () => undefined,
    newKey: () => `unsafe-${++keys}`,
    wait: async (milliseconds) => {
      await sleep(milliseconds);
    },
  });
  close = async () => {
    await agent.close();
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  };
}, 60_000);
afterAll(async () => await close?.());

describe('never done, whoever asks, and said by which rule', () => {
  it.each([...unsafe.map(([name, asked, says]) => [name, [asked], says] as const), ...unsafePlans])(
    '%s',
    async (_name, asked, says) => {
      const before = (await client.auditRows({}, options)).head;
      const refused = await refusalOf(
        client.propose(
          { body: { requests: asked.map((one) => filledRequest(one, namespace)), reason: 'I want it.' } },
          options,
        ),
      );
      expect(refused).toMatchObject({ code: 'change.refused', message: expect.stringMatching(says) });
      expect(`${refused.message} ${refused.remedy}`).toMatch(namesItsRule);
      const { rows } = await client.auditRows({ query: { from: before + 1 } }, options);
      expect(rows.map(({ entry }) => entry.code)).toEqual(['DNY001']);
    },
  );
});

describe('no request at all, said so and written nowhere', () => {
  it.each(malformed)('%s', async (_name, asked, says) => {
    const before = (await client.auditRows({}, options)).head;
    const told = await refusalOf(
      client.propose({ body: { requests: [filledRequest(asked, namespace)], reason: 'I want it.' } }, options),
    );
    expect(told).toMatchObject({ code: 'change.invalid', exit: 64, message: expect.stringMatching(says) });
    expect(`${told.message} ${told.remedy}`).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    expect((await client.auditRows({}, options)).head).toBe(before);
  });
});

describe('what a person gives is a value, and nothing else', () => {
  const values: readonly (readonly [name: string, value: string])[] = [
    ['YAML', 'a: {b: [c]}\nprivileged: true'],
    ['an anchor and an alias', '&a [*a]'],
    ['a template', '{{ .Values.x }}$(whoami)${jndi:ldap://x}'],
    ['a condition of a policy', '"x" || true'],
    ['what clears a screen', '\u001b[2J\u0007'],
    ['text that turns round', '\u202eevil\u2066'],
    ['as long as it may be', 'x'.repeat(8192)],
    ['other scripts', '\u0436\u05d0\u4e2d\ud83d\ude00'],
    ['what looks like a number', '0x10'],
    ['what looks like nothing', 'null'],
  ];
  it.each(values)('%s', async (_name, value) => {
    const { plan } = await client.propose(
      {
        body: {
          requests: [filledRequest(web('set-environment', { container: 'app', name: 'MODE', value }), namespace)],
          reason: value.slice(0, 200),
        },
      },
      options,
    );
    expect(plan.actions[0]?.operations).toMatchObject([
      {
        steps: expect.arrayContaining([
          expect.objectContaining({ value: expect.arrayContaining([{ name: 'MODE', value }]) }),
        ]),
      },
    ]);
    expect(plan.diff.map(({ path }) => path)).toEqual(
      ['name', 'value'].map((field) => `spec.template.spec.containers[app].env[MODE].${field}`),
    );
    expect(plan.diff.map(({ after }) => after).join('')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  });
});
