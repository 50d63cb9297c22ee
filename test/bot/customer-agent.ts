import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Person } from '../../packages/domain/src/change/person.ts';
import type { AgentClient } from '../../packages/agentd/src/client/agent-client.ts';
import { socketFetch } from '../../packages/agentd/src/client/socket-fetch.ts';
import type { AgentBundle } from '../agent/agent-bundle.ts';
import { answering, clientOf, patiently, startAgentProcess } from '../agent/started-agent.ts';
import type { StartedAgent } from '../agent/started-agent.ts';
import type { SampleCluster } from '../setup/sample-cluster.ts';

/** One customer: an agent's process over a store that outlives it, and what the bot has to know to reach it. */
export interface CustomerAgent {
  readonly name: string;
  readonly socket: string;
  /** File with the private key that the bot signs with. */
  readonly key: string;
  /** As the machine's own user, who is its administrator. */
  readonly client: AgentClient;
  readonly start: () => Promise<void>;
  /** Resolves when the process is gone. */
  readonly kill: () => Promise<void>;
  readonly link: (person: Person) => Promise<void>;
  /** As Alertmanager posts it; tries until it is taken, as Alertmanager does. Gives the incident's id. */
  readonly alert: (notice: AlertNotice) => Promise<string>;
  readonly errors: () => string;
  readonly close: () => Promise<void>;
}

export interface AlertNotice {
  readonly group: string;
  readonly status?: 'firing' | 'resolved';
  readonly alerts: readonly {
    readonly name: string;
    readonly labels: Readonly<Record<string, string>>;
    readonly summary?: string;
  }[];
}

/** Everything in the sample takes two yeses of approvers. */
const policy = JSON.stringify({
  version: 1,
  rules: [
    {
      id: 'two-people',
      why: 'Two people look at what is done.',
      match: { actions: ['*'] },
      decision: 'two',
      approvers: ['approver'],
    },
  ],
});

export const alertToken = 'an-alert-token-of-the-test-that-is-long-enough';

function payloadOf({ group, status = 'firing', alerts }: AlertNotice): object {
  const at = new Date().toISOString();
  return {
    version: '4',
    groupKey: group,
    status,
    truncatedAlerts: 0,
    receiver: 'autodevops',
    groupLabels: { alertname: group },
    commonLabels: {},
    commonAnnotations: {},
    alerts: alerts.map(({ name, labels, summary = `${name} fires` }) => ({
      status,
      labels: { alertname: name, severity: 'critical', ...labels },
      annotations: { summary },
      startsAt: at,
      endsAt: status === 'resolved' ? at : '0001-01-01T00:00:00Z',
      fingerprint: `${group}/${name}/${JSON.stringify(labels)}`,
    })),
  };
}

async function posted(socket: string, notice: AlertNotice): Promise<string> {
  const send = socketFetch(socket);
  const body = JSON.stringify(payloadOf(notice));
  for (let tries = 0; ; tries += 1) {
    const answer = await send(
      new Request('http://localhost/v1/alerts/alertmanager', {
        method: 'POST',
        body,
        headers: { 'content-type': 'application/json', authorization: `Bearer ${alertToken}` },
        signal: AbortSignal.timeout(10_000),
      }),
    ).catch(() => undefined);
    if (answer?.ok === true) return ((await answer.json()) as { incident: string }).incident;
    if (tries > 200) {
      throw new Error(
        `the agent does not take the notice: ${answer?.status ?? 'no answer'} ${(await answer?.text()) ?? ''}`,
      );
    }
    await new Promise((resolve) => {
      setTimeout(resolve, 100);
    });
  }
}

/** `proposes`: Scarlet proposes for an incident without being asked. `emailDomains`: for whose addresses the bot may vouch. */
export async function customerAgent(
  name: string,
  {
    bundle,
    cluster,
    proposes = false,
    emailDomains = [],
    more = {},
  }: {
    readonly bundle: AgentBundle;
    readonly cluster: Pick<SampleCluster, 'kubeconfig'>;
    readonly proposes?: boolean;
    readonly emailDomains?: readonly string[];
    readonly more?: object;
  },
): Promise<CustomerAgent> {
  const folder = mkdtempSync(join(tmpdir(), 'autodevops-customer-'));
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const file = (called: string, text: string): string => {
    const path = join(folder, called);
    writeFileSync(path, text, { mode: 0o600 });
    return path;
  };
  const key = file('bot-key.pem', String(privateKey.export({ type: 'pkcs8', format: 'pem' })));
  const issuer = file('bot-key.pub.pem', String(publicKey.export({ type: 'spki', format: 'pem' })));
  const socket = join(folder, 'agent.sock');
  const configuration = {
    customer: name,
    cluster: { type: 'context', kubeconfig: file('kubeconfig', cluster.kubeconfig) },
    agents: {
      jamie: { memory: `sqlite://${join(folder, 'agent.db')}` },
      scarlet: { autonomy_level: 'suggest', policy: file('policy.yaml', policy) },
    },
    incidents: {
      fixes: { on: proposes },
      alertmanager: { tokenFile: file('alert-token', alertToken) },
      grafana: {},
      pagerduty: {},
    },
    issuers: [{ name: 'slack', publicKey: issuer, surface: 'slack', emailDomains }],
    listen: { kind: 'socket', path: socket },
    ...more,
  };
  let running: StartedAgent | undefined;
  const kill = async (): Promise<void> => {
    running?.signal('SIGKILL');
    await running?.gone;
  };
  const client = clientOf(socket);
  return {
    name,
    socket,
    key,
    client,
    kill,
    start: async () => {
      running = startAgentProcess(bundle, {
        configuration,
        folder,
        pace: { lease: 5000, poll: 50, settle: 200, again: 200 },
        listen: { kind: 'socket', path: socket },
      });
      await answering(running);
    },
    link: async (person) =>
      void (await client.putPerson(
        { body: { ...person, accounts: [...person.accounts], roles: [...person.roles] } },
        patiently,
      )),
    alert: async (notice) => await posted(socket, notice),
    errors: () => running?.errors() ?? '',
    close: async () => {
      await kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
