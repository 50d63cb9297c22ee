import type { Values } from './rendered-chart.ts';

/** As little as an agent needs. */
export const agentAlone: Values = { configuration: { customer: 'acme' }, tls: { secret: 'agent-tls' } };

/** An agent of several replicas with everything that can be turned on. */
export const agentWhole: Values = {
  configuration: {
    customer: 'acme',
    agents: {
      jamie: {
        model: 'none',
        memory: 'postgres://autodevops_agent@db.acme.example:5432/autodevops?sslmode=verify-full',
      },
      scarlet: { autonomy_level: 'production', policy: 'policy.yaml' },
    },
    bootstrap: { tokenFile: '/run/secrets/autodevops/bootstrap/token' },
    issuers: [{ name: 'slack', publicKey: 'slack-issuer.pub.pem', surface: 'slack' }],
    signals: { prometheus: { service: 'monitoring/prometheus:9090' } },
  },
  replicas: 3,
  files: { 'policy.yaml': 'version: 1\n', 'slack-issuer.pub.pem': '-----BEGIN PUBLIC KEY-----\n' },
  secrets: [{ secret: 'agent-bootstrap', folder: 'bootstrap' }],
  environment: [{ name: 'PGPASSWORD', secret: 'agent-database', key: 'password' }],
  tls: { secret: 'agent-tls', clientAuthority: 'callers-ca' },
  rbac: {
    readSecrets: true,
    scarlet: [
      { role: 'workloads', namespaces: ['shop', 'cart'] },
      { role: 'pods', namespaces: ['shop'] },
      { role: 'nodes', everywhere: true },
    ],
  },
  networkPolicy: {
    from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'autodevops-plane' } } }],
    metricsFrom: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'monitoring' } } }],
    to: [{ ports: [{ port: 5432, protocol: 'TCP' }], to: [{ ipBlock: { cidr: '10.20.0.0/16' } }] }],
  },
  metrics: { annotations: true, serviceMonitor: true },
  migration: { enabled: true, role: 'autodevops_agent', owner: { secret: 'agent-database-owner', key: 'address' } },
  image: {
    repository: 'registry.acme.example/autodevops',
    digest: `sha256:${'ab'.repeat(32)}`,
    pullSecrets: ['registry'],
  },
  nodeSelector: { 'kubernetes.io/os': 'linux' },
  tolerations: [{ key: 'operations', operator: 'Exists' }],
  priorityClassName: 'system-cluster-critical',
};

const customers = [
  {
    name: 'acme',
    agent: { address: 'https://agent.acme.example:7443' },
    issuer: { name: 'slack', key: { file: '/run/secrets/autodevops/slack/issuer.pem' } },
  },
];
const secrets = [{ secret: 'slack', folder: 'slack' }];

/** A bot of one replica, which nothing has to reach. */
export const botInSocketMode: Values = {
  configuration: {
    apps: [
      {
        id: 'A0123456789',
        customer: 'acme',
        appToken: { file: '/run/secrets/autodevops/slack/app-token' },
        botToken: { file: '/run/secrets/autodevops/slack/bot-token' },
      },
    ],
    customers,
  },
  secrets,
};

/** A bot of two replicas behind HTTP. */
export const botOverHttp: Values = {
  configuration: {
    transport: { kind: 'http', publicUrl: 'https://bot.example.com' },
    apps: [
      {
        id: 'A0123456789',
        customer: 'acme',
        signingSecret: { file: '/run/secrets/autodevops/slack/signing-secret' },
        botToken: { file: '/run/secrets/autodevops/slack/bot-token' },
      },
    ],
    customers,
    store: { kind: 'postgres', address: { env: 'BOT_DATABASE' } },
  },
  secrets,
  environment: [{ name: 'BOT_DATABASE', secret: 'bot-database', key: 'address' }],
  networkPolicy: { from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'ingress' } } }] },
  metrics: { serviceMonitor: true },
  migration: { enabled: true, role: 'autodevops_bot', owner: { secret: 'bot-database-owner', key: 'address' } },
};
