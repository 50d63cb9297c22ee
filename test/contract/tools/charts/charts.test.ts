import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { readBotConfiguration } from '../../../../bot/src/configuration/read-bot-configuration.ts';
import { readConfiguration } from '../../../../packages/agentd/src/configuration/read-configuration.ts';
import { startControlPlane } from '../../../bed/fixtures.ts';
import type { Bed } from '../../../bed/fixtures.ts';
import { ClusterHand } from '../../../scenarios/cluster-hand.ts';
import { agentAlone, agentWhole, botInSocketMode, botOverHttp } from './chart-values.ts';
import { chartFolder, lint, objectsIn, podsOf, templateText, theOne } from './rendered-chart.ts';
import type { ChartName, Rendered, Values } from './rendered-chart.ts';

const root = join(import.meta.dirname, '..', '..', '..', '..');
const variants: readonly (readonly [string, ChartName, Values])[] = [
  ['agent-alone', 'agent', agentAlone],
  ['agent-whole', 'agent', agentWhole],
  ['bot-in-socket-mode', 'bot', botInSocketMode],
  ['bot-over-http', 'bot', botOverHttp],
];
const rendered = new Map<string, string>();
let bed: Bed;
let hand: ClusterHand;

const objects = (name: string): readonly Rendered[] => objectsIn(rendered.get(name) ?? '');
const configurationOf = (name: string): string => theOne(objects(name), 'ConfigMap').data?.['config.yaml'] ?? '';

beforeAll(async () => {
  for (const [name, chart, values] of variants) rendered.set(name, await templateText(chart, values));
  bed = await startControlPlane();
  hand = new ClusterHand(await bed.kubectl(), bed.kubeconfigPath);
  await hand.createNamespaces(['autodevops', 'shop', 'cart']);
  await hand.must(['label', 'namespace', 'autodevops', 'pod-security.kubernetes.io/enforce=restricted']);
});

afterAll(async () => {
  await bed?.stop();
});

describe.each(variants)('%s', (name, chart, values) => {
  it('is rendered as it was looked through', async () => {
    await expect(rendered.get(name)).toMatchFileSnapshot(join(import.meta.dirname, 'golden', `${name}.yaml`));
  });

  it('has nothing that Helm complains of', async () => {
    const { code, output } = await lint(chart, values);
    expect(code, output).toBe(0);
  });

  it('is taken by the API server', async () => {
    // Whose definition a control plane does not have.
    const taken = objects(name).filter(({ apiVersion }) => !apiVersion.startsWith('monitoring.coreos.com/'));
    // As Helm does for what names no namespace.
    const placed = taken.map((object) =>
      object.kind.startsWith('Cluster')
        ? object
        : { ...object, metadata: { namespace: 'autodevops', ...object.metadata } },
    );
    const list = { apiVersion: 'v1', kind: 'List', items: placed };
    const { code, output } = await hand.run(
      ['apply', '--dry-run=server', '--validate=strict', '--filename', '-'],
      JSON.stringify(list),
    );
    expect(code, output).toBe(0);
    expect(output).not.toContain('Warning');
  });

  it('has pods that the restricted Pod Security Standard admits', async () => {
    const pods = podsOf(objects(name));
    expect(pods.length).toBeGreaterThan(1);
    for (const { from, spec } of pods) {
      const { priorityClassName: _class, ...rest } = spec;
      const pod = {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name: 'admitted', namespace: 'autodevops' },
        spec: { ...rest, serviceAccountName: 'default' },
      };
      const { code, output } = await hand.run(['create', '--dry-run=server', '--filename', '-'], JSON.stringify(pod));
      expect(code, `${from}: ${output}`).toBe(0);
    }
  });

  it('shows no secret, and takes each from a Secret', () => {
    expect(objects(name).filter(({ kind }) => kind === 'Secret')).toEqual([]);
    const given = podsOf(objects(name))
      .flatMap(({ spec }) => spec.containers.flatMap(({ env }) => env))
      .filter(({ name: variable }) => /PASSWORD|TOKEN|DATABASE/.test(variable));
    for (const variable of given) expect(variable).toMatchObject({ valueFrom: { secretKeyRef: {} } });
  });
});

it('the restricted standard is in force where pods are admitted', async () => {
  const pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'root', namespace: 'autodevops' },
    spec: { containers: [{ name: 'root', image: 'x' }] },
  };
  expect((await hand.run(['create', '--dry-run=server', '--filename', '-'], JSON.stringify(pod))).output).toContain(
    'violates PodSecurity "restricted',
  );
});

describe('the configuration', () => {
  it('of an agent is one that the agent takes, and listens with TLS in its pod alone', () => {
    const alone = readConfiguration(configurationOf('agent-alone'), 'config.yaml');
    expect(alone).toMatchObject({
      mode: 'cloud',
      customer: 'acme',
      cluster: { type: 'in-cluster' },
      agents: { jamie: { memory: 'sqlite:///var/lib/autodevops/jamie.db' }, scarlet: { autonomy_level: 'suggest' } },
    });
    expect(alone.listen).toEqual({
      kind: 'tcp',
      host: '0.0.0.0',
      port: 7443,
      tls: { certificate: '/run/secrets/autodevops/tls/tls.crt', key: '/run/secrets/autodevops/tls/tls.key' },
    });
    const whole = readConfiguration(configurationOf('agent-whole'), 'config.yaml');
    expect(whole.listen).toMatchObject({ tls: { clientAuthority: '/run/secrets/autodevops/client-authority/ca.crt' } });
    expect(whole).toMatchObject(agentWhole['configuration'] as object);
  });

  it('of a bot is one that the bot takes', () => {
    expect(readBotConfiguration(configurationOf('bot-in-socket-mode'), 'config.yaml')).toMatchObject({
      transport: { kind: 'socket' },
      store: { kind: 'sqlite', file: '/var/lib/autodevops/bot.db' },
      inside: { host: '0.0.0.0', port: 9090 },
    });
    expect(readBotConfiguration(configurationOf('bot-over-http'), 'config.yaml')).toMatchObject({
      transport: { kind: 'http', host: '0.0.0.0', port: 8090, publicUrl: 'https://bot.example.com' },
      store: { kind: 'postgres' },
    });
  });
});

describe('the roles', () => {
  const rulesIn = (file: string): ReadonlyMap<string, unknown> => {
    const roles = parseAllDocuments(readFileSync(file, 'utf8')).map(
      (document) => document.toJS() as { metadata: { name: string }; rules: unknown },
    );
    return new Map(roles.map(({ metadata, rules }) => [metadata.name.replace('autodevops-', ''), rules]));
  };
  const rbac = new Map(
    ['jamie-read-only', 'jamie-read-secrets', 'scarlet'].flatMap((name) => [
      ...rulesIn(join(root, 'deploy', 'rbac', `${name}.yaml`)),
    ]),
  );

  it('are those of deploy/rbac, and none that nobody asked for', () => {
    const given = (name: string): ReadonlyMap<string, unknown> =>
      new Map(
        objects(name)
          .filter(({ kind }) => kind === 'ClusterRole')
          .map(({ metadata, rules }) => [metadata.name.replace('autodevops-acme-autodevops-agent-', ''), rules]),
      );
    expect([...given('agent-alone').keys()]).toEqual(['jamie-read-only']);
    expect([...given('agent-whole').keys()]).toEqual([
      'jamie-read-only',
      'jamie-read-secrets',
      'scarlet-workloads',
      'scarlet-pods',
      'scarlet-nodes',
    ]);
    for (const [name, rules] of [...given('agent-alone'), ...given('agent-whole')]) {
      expect(rules, name).toEqual(rbac.get(name));
    }
  });

  it('lie in the chart as they lie in deploy/rbac', () => {
    for (const file of readdirSync(join(chartFolder('agent'), 'roles'))) {
      expect(readFileSync(join(chartFolder('agent'), 'roles', file), 'utf8')).toBe(
        readFileSync(join(root, 'deploy', 'rbac', file), 'utf8'),
      );
    }
  });

  it("are bound where they were asked for, to the agent's own account", () => {
    const bound = objects('agent-whole')
      .filter(({ kind }) => kind.endsWith('RoleBinding'))
      .map(({ kind, metadata, roleRef, subjects }) => [
        kind,
        metadata.namespace ?? '',
        (roleRef as { name: string }).name.replace('autodevops-acme-autodevops-agent-', ''),
        (subjects as { name: string; namespace: string }[]).map(({ namespace, name }) => `${namespace}/${name}`).join(),
      ]);
    const account = 'autodevops/acme-autodevops-agent';
    expect(bound.toSorted()).toEqual([
      ['ClusterRoleBinding', '', 'jamie-read-only', account],
      ['ClusterRoleBinding', '', 'jamie-read-secrets', account],
      ['ClusterRoleBinding', '', 'scarlet-nodes', account],
      ['RoleBinding', 'cart', 'scarlet-workloads', account],
      ['RoleBinding', 'shop', 'scarlet-pods', account],
      ['RoleBinding', 'shop', 'scarlet-workloads', account],
    ]);
  });

  it('let Jamie read some namespaces alone where she is to', async () => {
    const bound = objectsIn(
      await templateText('agent', { ...agentAlone, rbac: { read: { namespaces: ['shop', 'cart'] } } }),
    ).filter(({ kind }) => kind.endsWith('RoleBinding'));
    expect(bound.map(({ kind, metadata }) => `${kind} ${metadata.namespace ?? ''}`).toSorted()).toEqual([
      'RoleBinding cart',
      'RoleBinding shop',
    ]);
  });

  it('are bound once in a namespace that is named twice', async () => {
    const bound = objectsIn(
      await templateText('agent', { ...agentAlone, rbac: { read: { namespaces: ['shop', 'shop'] } } }),
    ).filter(({ kind }) => kind === 'RoleBinding');
    expect(bound).toHaveLength(1);
  });

  it('are none of the bot, which is not let speak to the API server', () => {
    for (const name of ['bot-in-socket-mode', 'bot-over-http']) {
      expect(objects(name).filter(({ apiVersion }) => apiVersion.startsWith('rbac.'))).toEqual([]);
      for (const { spec } of podsOf(objects(name))) expect(spec).toMatchObject({ automountServiceAccountToken: false });
    }
  });
});

describe('replicas', () => {
  const replicas = (name: string): unknown =>
    (theOne(objects(name), 'Deployment')['spec'] as { replicas: number }).replicas;
  const budgets = (name: string): number => objects(name).filter(({ kind }) => kind === 'PodDisruptionBudget').length;

  it('are one on SQLite, on a volume; several on PostgreSQL, without one and with a budget', () => {
    expect(
      variants.map(([name]) => [
        name,
        replicas(name),
        budgets(name),
        objects(name).filter(({ kind }) => kind === 'PersistentVolumeClaim').length,
      ]),
    ).toEqual([
      ['agent-alone', 1, 0, 1],
      ['agent-whole', 3, 1, 0],
      ['bot-in-socket-mode', 1, 0, 1],
      ['bot-over-http', 2, 1, 0],
    ]);
  });
});

const refused: readonly (readonly [string, ChartName, Values, RegExp])[] = [
  ['an agent without a customer', 'agent', { ...agentAlone, configuration: {} }, /customer/],
  ['an agent without TLS', 'agent', { configuration: { customer: 'acme' } }, /secret/],
  ['a setting that there is not', 'agent', { ...agentAlone, configuration: { customer: 'acme', modle: 'x' } }, /modle/],
  [
    'where the agent listens',
    'agent',
    { ...agentAlone, configuration: { customer: 'acme', listen: { kind: 'socket' } } },
    /listen/,
  ],
  [
    'a password in the configuration',
    'agent',
    { ...agentAlone, configuration: { customer: 'acme', agents: { jamie: { memory: 'postgres://a:b@db/x' } } } },
    /holds a password/,
  ],
  ['two agents on one file', 'agent', { ...agentAlone, replicas: 2 }, /Several replicas need PostgreSQL/],
  [
    'a file outside of the volume',
    'agent',
    { ...agentAlone, configuration: { customer: 'acme', agents: { jamie: { memory: 'sqlite://./jamie.db' } } } },
    /has to lie in the volume/,
  ],
  [
    'nodes in a namespace',
    'agent',
    { ...agentAlone, rbac: { scarlet: [{ role: 'nodes', namespaces: ['shop'] }] } },
    /nodes have no namespace/,
  ],
  [
    'a role that there is not',
    'agent',
    { ...agentAlone, rbac: { scarlet: [{ role: 'everything', everywhere: true }] } },
    /scarlet/,
  ],
  [
    'a migration of a file',
    'agent',
    { ...agentAlone, migration: { enabled: true, role: 'x', owner: { secret: 's', key: 'k' } } },
    /migration needs a store in PostgreSQL/,
  ],
  ['a name that no object may have', 'agent', { ...agentAlone, fullnameOverride: 'Our_Agent' }, /fullnameOverride/],
  [
    'a label by which the chart finds its pods',
    'bot',
    { ...botInSocketMode, podLabels: { 'app.kubernetes.io/name': 'web' } },
    /podLabels: app.kubernetes.io\/name is one of the labels that the chart gives/,
  ],
  [
    'rights for every pod of the namespace',
    'agent',
    { ...agentAlone, serviceAccount: { create: false } },
    /each of them would get its rights/,
  ],
  [
    'a migration without the role that owns the tables',
    'agent',
    { ...agentAlone, migration: { enabled: true } },
    /migration needs a store in PostgreSQL/,
  ],
  [
    'more than a key where a key stands',
    'bot',
    { ...botInSocketMode, environment: [{ name: 'A', secret: 's', key: 'k, optional: true' }] },
    /key/,
  ],
  [
    'a role that is given twice',
    'agent',
    {
      ...agentAlone,
      rbac: {
        scarlet: [
          { role: 'pods', namespaces: ['shop'] },
          { role: 'pods', namespaces: ['cart'] },
        ],
      },
    },
    /the role pods stands there twice/,
  ],
  [
    "a Secret in the place of the agent's own",
    'agent',
    { ...agentAlone, secrets: [{ secret: 'other', folder: 'tls' }] },
    /something is mounted as the folder tls already/,
  ],
  [
    'another word for where the agent runs',
    'agent',
    { ...agentAlone, environment: [{ name: 'POD_NAME', secret: 's', key: 'k' }] },
    /the variable POD_NAME has a value already/,
  ],
  [
    'two Secrets in one folder',
    'bot',
    { ...botInSocketMode, secrets: ['slack', 'other'].map((secret) => ({ secret, folder: 'slack' })) },
    /something is mounted as the folder slack already/,
  ],
  [
    'a folder that no volume can be called after',
    'bot',
    { ...botInSocketMode, secrets: [{ secret: 'slack', folder: 'slack-' }] },
    /folder/,
  ],
  ['a bot without apps', 'bot', {}, /apps/],
  ['two bots on one file', 'bot', { ...botInSocketMode, replicas: 2 }, /Several replicas need PostgreSQL/],
];

it.each(refused)('%s is refused before anything is sent', async (_title, chart, values, says) => {
  await expect(templateText(chart, values)).rejects.toThrow(says);
});

it.each(['agent', 'bot'] as const)("the chart of the %s is of the command line's version", (chart) => {
  const { version } = JSON.parse(readFileSync(join(root, 'packages', 'cli', 'package.json'), 'utf8')) as {
    version: string;
  };
  expect(parse(readFileSync(join(chartFolder(chart), 'Chart.yaml'), 'utf8'))).toMatchObject({
    version,
    appVersion: version,
  });
});
