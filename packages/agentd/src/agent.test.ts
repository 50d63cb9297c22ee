import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Change } from '@autodevops/domain/change/change';
import type { ActionRequest } from '@autodevops/domain/change/plan';
import type { Diagnosis } from '@autodevops/domain/diagnosis';
import { kindNames } from '@autodevops/domain/kubernetes/kinds';
import { openClusterObjects } from '@autodevops/kube/objects';
import { plainAccess } from '@autodevops/kube/plain-access';
import { startReplayServer } from '@autodevops/kube/replay';
import type { FaultRequest } from '@autodevops/kube/replay';
import type { Agent } from './agent.ts';
import { agentClient } from './client/agent-client.ts';
import type { AgentClient } from './client/agent-client.ts';
import { socketFetch } from './client/socket-fetch.ts';
import { tcpFetch } from './client/tcp-fetch.ts';
import { composeAgent } from './compose.ts';
import { Configuration } from './configuration/configuration.ts';

const options = {
  get signal() {
    return AbortSignal.timeout(60_000);
  },
};
const quick = { lease: 15_000, poll: 100, settle: 200, again: 200 };

const ready = { conditions: [{ type: 'Ready', status: 'True' }] };
const node = {
  apiVersion: 'v1',
  kind: 'Node',
  metadata: { name: 'worker', uid: 'uid-node' },
  spec: { unschedulable: true },
  status: { ...ready, allocatable: { cpu: '4', memory: '8Gi', pods: '110' } },
};
const labels = { app: 'web' };
const pod = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'web-1', namespace: 'shop', uid: 'uid-pod', labels },
  spec: { nodeName: 'worker', containers: [{ name: 'app', image: 'web:1', ports: [{ containerPort: 8080 }] }] },
  status: {
    phase: 'Running',
    ...ready,
    containerStatuses: [
      {
        name: 'app',
        ready: true,
        restartCount: 0,
        state: { running: { startedAt: '2026-01-01T00:00:00Z' } },
        lastState: {},
        image: 'web:1',
        imageID: '',
      },
    ],
  },
};
const service = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'web', namespace: 'shop', uid: 'uid-service' },
  spec: { selector: { app: 'wbe' }, ports: [{ port: 80, targetPort: 8080 }] },
};
const namespaces = ['shop', 'default'].map((name) => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name, uid: `uid-${name}` },
  status: { phase: 'Active' },
}));
const uncordon: ActionRequest = {
  action: 'uncordon',
  target: { apiVersion: 'v1', kind: 'Node', namespace: '', name: 'worker', uid: '' },
  params: {},
};

interface Scene {
  readonly agent: Agent;
  readonly client: AgentClient;
  /** A client all of whose calls are one that is repeated. */
  readonly repeating: AgentClient;
  readonly objects: Awaited<ReturnType<typeof openClusterObjects>>;
  /** The lines of its log. */
  readonly log: readonly string[];
  /** What somebody else does in the cluster. */
  readonly change: (object: Readonly<Record<string, unknown>>, type?: 'ADDED' | 'MODIFIED' | 'DELETED') => void;
  /** How many lists were read of it. */
  readonly lists: () => number;
}

const slice = {
  apiVersion: 'discovery.k8s.io/v1',
  kind: 'EndpointSlice',
  metadata: { name: 'web-abcde', namespace: 'shop', labels: { 'kubernetes.io/service-name': 'web' } },
  addressType: 'IPv4',
  ports: [{ port: 8080, protocol: 'TCP' }],
  endpoints: [
    {
      addresses: ['10.0.0.1'],
      conditions: { ready: true },
      targetRef: { kind: 'Pod', name: 'web-1', namespace: 'shop' },
    },
  ],
};

/** An agent of its own folder, over a cluster that can be read and written, called over its socket. */
async function scene(folder = mkdtempSync(join(tmpdir(), 'autodevops-agent-'))): Promise<Scene> {
  let lists = 0;
  const fault = ({ isWatch, query }: FaultRequest): undefined => void (lists += !isWatch && query.has('limit') ? 1 : 0);
  const server = await startReplayServer(
    { objects: [node, pod, service, ...namespaces], logs: [], serverVersion: 'v1.36.3' },
    { writable: true, fault },
  );
  const access = plainAccess('sample', server.url);
  const configuration = Configuration.parse({ agents: { scarlet: { autonomy_level: 'suggest' } } });
  const log: string[] = [];
  const agent = await composeAgent({
    configuration,
    folder,
    version: '0.0.0',
    environment: {},
    writeLog: (text) => void log.push(text),
    pace: quick,
    access,
  });
  const objects = await openClusterObjects({ access });
  await agent.listen({ kind: 'socket', path: join(folder, 'agent.sock') });
  onTestFinished(async () => {
    await agent.close();
    await objects.close();
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  });
  let keys = 0;
  const clientWith = (newKey: () => string): AgentClient =>
    agentClient({
      address: 'http://localhost',
      fetch: socketFetch(join(folder, 'agent.sock')),
      token: async () => undefined,
      newKey,
      wait: async (milliseconds) => {
        await sleep(milliseconds);
      },
    });
  const client = clientWith(() => `${process.pid}-key-${++keys}`);
  return {
    agent,
    client,
    repeating: clientWith(() => `${process.pid}-repeated`),
    objects,
    log,
    lists: () => lists,
    change: (object, type = 'MODIFIED') => server.apply({ type, object }),
  };
}

async function ended(client: AgentClient, id: string, onVerifying: () => void = () => {}): Promise<Change> {
  let last: Change | undefined;
  for await (const { event } of client.watchChange({ params: { id } }, options)) {
    if (event.state === 'verifying' && last?.state !== 'verifying') onVerifying();
    last = event;
  }
  if (last === undefined) throw new Error('nothing was told');
  return last;
}

describe('an agent', () => {
  it('says that it is well, and what it serves', async () => {
    const { client } = await scene();
    expect(await client.health({}, options)).toMatchObject({ ready: true, version: '0.0.0' });
    expect(await client.cluster({}, options)).toEqual({ name: 'sample', mode: 'local', autonomy: 'suggest' });
  });

  it('listens on a socket that only its owner can open', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'autodevops-agent-'));
    await scene(folder);
    expect(statSync(join(folder, 'agent.sock')).mode & 0o777).toBe(0o600);
  });

  it('diagnoses, says which action would help, and answers in plain words', async () => {
    const { client } = await scene();
    const { fixes } = await client.fixes({ body: { namespaces: ['shop'] } }, options);
    expect(fixes.flatMap(({ proposals }) => proposals.map(({ action }) => action))).toContain('patch-service-selector');
    expect((await client.ask({ body: { question: 'what is wrong in namespace shop?' } }, options)).outcome).toBe(
      'answered',
    );
    const events: string[] = [];
    for await (const { event } of client.diagnosis({ query: { namespace: 'shop' } }, options)) events.push(event.type);
    expect(events.at(-1)).toBe('final');
  });

  it('keeps findings current: what changes in the cluster is told from memory, without reading it again', async () => {
    const { client, change, lists } = await scene();
    const findings = client.findings({ query: { namespace: 'shop' } }, options)[Symbol.asyncIterator]();
    const next = async (): Promise<Diagnosis> => {
      const { value, done } = await findings.next();
      if (done === true) throw new Error('the stream ended');
      return value.event.diagnosis;
    };
    expect((await next()).causes.map(({ object }) => object.name)).toContain('web');
    for (;;) {
      const { parts } = await client.health({}, options);
      if (parts.some(({ name, well }) => name === 'memory of the cluster' && well)) break;
      await sleep(20);
    }
    const isTold = async (sick: boolean): Promise<void> => {
      while ((await next()).causes.some(({ object }) => object.kind === 'Service') !== sick);
    };
    change(slice, 'ADDED');
    change({ ...service, spec: { ...service.spec, selector: labels } });
    await isTold(false);
    const read = lists();
    change(slice, 'DELETED');
    change(service);
    await isTold(true);
    expect((await client.diagnose({ body: { namespaces: ['shop'] } }, options)).causes).not.toEqual([]);
    // A look reads every kind; single lists of kinds that are not served are asked for now and then.
    expect(lists() - read).toBeLessThan(kindNames.length / 2);
    await findings.return?.(undefined);
  }, 60_000);

  it('goes on with a conversation, and keeps it until it is told to forget', async () => {
    const { client } = await scene();
    const { id } = await client.beginConversation({ body: {} }, options);
    await client.ask({ body: { question: 'is service web in namespace shop healthy?', conversation: id } }, options);
    expect(await client.ask({ body: { question: 'and why?', conversation: id } }, options)).toMatchObject({
      question: 'and why?',
      understood: 'why is Service shop/web failing',
    });
    expect((await client.conversations({ query: { limit: 5 } }, options)).conversations).toMatchObject([
      { id, title: 'is service web in namespace shop healthy?', turns: 2 },
    ]);
    expect((await client.conversation({ params: { id } }, options)).turns.map(({ question }) => question)).toEqual([
      'is service web in namespace shop healthy?',
      'and why?',
    ]);
    expect((await client.searchConversations({ query: { words: 'web' } }, options)).hits).toMatchObject([
      { conversation: { id } },
    ]);
    expect(
      (await client.renameConversation({ params: { id }, body: { title: 'The web Service' } }, options)).title,
    ).toBe('The web Service');
    expect((await client.exportConversation({ params: { id } }, options)).markdown).toMatch(/^# The web Service\n/);
    await client.removeConversation({ params: { id } }, options);
    await expect(client.conversation({ params: { id } }, options)).rejects.toMatchObject({ code: 'object.not-found' });
  }, 60_000);

  it('changes nothing before the yes, and after it once, with everything in the audit log', async () => {
    const { client, objects } = await scene();
    const change = await client.propose(
      { body: { requests: [uncordon], reason: 'The work on the node is done.' } },
      options,
    );
    expect(change).toMatchObject({ state: 'waiting', decision: { tier: 'one' } });
    expect((await objects.get(uncordon.target, options))?.['spec']).toMatchObject({ unschedulable: true });
    await expect(
      client.approve({ params: { id: change.id }, body: { digest: '0'.repeat(64) } }, options),
    ).rejects.toMatchObject({ code: 'change.stale' });
    await client.approve({ params: { id: change.id }, body: { digest: change.digest } }, options);
    expect(await ended(client, change.id)).toMatchObject({ state: 'succeeded' });
    expect((await objects.get(uncordon.target, options))?.['spec']).not.toHaveProperty('unschedulable', true);
    const { rows } = await client.auditRows({}, options);
    expect(rows.map(({ entry }) => entry.code)).toEqual([
      'CHG001',
      'CHG002',
      'DNY002',
      'CHG003',
      'CHG008',
      'CHG009',
      'CHG010',
      'CHG011',
    ]);
  }, 60_000);

  it('repairs what it diagnosed: the finding is gone afterwards', async () => {
    const { client, repeating, change: changed } = await scene();
    const [fix] = (await client.fixes({ body: { namespaces: ['shop'] } }, options)).fixes;
    const { object, code } = fix?.cause ?? { object: uncordon.target, code: '' };
    const body = {
      requests: (fix?.proposals ?? []).slice(0, 1),
      reason: 'The Service selects nothing.',
      finding: { code, kind: object.kind, namespace: object.namespace, name: object.name },
    };
    const change = await repeating.propose({ body }, options);
    expect(change.plan.diff.map(({ path, before, after }) => `${path}: ${before} -> ${after}`).join()).toContain(
      'spec.selector.app: wbe -> web',
    );
    await client.approve({ params: { id: change.id }, body: { digest: change.digest } }, options);
    const end = await ended(client, change.id, () => changed(slice, 'ADDED'));
    expect(end.state, end.says).toBe('succeeded');
    const { diagnosis } = await client.fixes({ body: { namespaces: ['shop'] } }, options);
    expect(diagnosis.causes.map((cause) => cause.code)).not.toContain(code);
    // Whose answer was lost asks again, and a new one is told that there is nothing to repair.
    expect(await repeating.propose({ body }, options)).toMatchObject({ id: change.id, state: 'succeeded' });
    await expect(client.propose({ body }, options)).rejects.toMatchObject({
      code: 'change.stale',
      message: `${code} of Service shop/web is not diagnosed now.`,
    });
  }, 60_000);

  it('tells who asks for what no action reads what is not right, as a mistake and not as a denial', async () => {
    const { client } = await scene();
    for (const request of [
      { ...uncordon, action: 'uncordn' },
      { ...uncordon, params: { now: true } },
      { ...uncordon, target: { ...uncordon.target, name: '../pods' } },
      { ...uncordon, target: { ...uncordon.target, namespace: 'shop' } },
    ]) {
      for (const call of [client.propose, client.explainDecision]) {
        await expect(call({ body: { requests: [request], reason: 'Done.' } }, options)).rejects.toMatchObject({
          code: 'change.invalid',
          exit: 64,
        });
      }
    }
    expect((await client.auditRows({}, options)).head).toBe(0);
  });

  it('does nothing while the kill switch is on, and goes on when it is off', async () => {
    const { client, objects } = await scene();
    const change = await client.propose({ body: { requests: [uncordon], reason: 'Done.' } }, options);
    await client.setKillSwitch({ body: { on: true, why: 'Something is wrong.' } }, options);
    await expect(client.propose({ body: { requests: [uncordon], reason: 'Again.' } }, options)).rejects.toMatchObject({
      code: 'change.refused',
    });
    await client
      .approve({ params: { id: change.id }, body: { digest: change.digest } }, options)
      .catch(() => undefined);
    await sleep(1500);
    expect((await objects.get(uncordon.target, options))?.['spec']).toMatchObject({ unschedulable: true });
    expect(await client.killSwitch({}, options)).toMatchObject({ on: true, why: 'Something is wrong.', yours: true });
  }, 60_000);

  it("sets the policy's rules aside for a linked person, once for each call, and has another one review it", async () => {
    const { client } = await scene();
    const body = { reason: 'The shop is down, everybody sleeps.', minutes: 5 };
    await expect(client.breakGlass({ body }, options)).rejects.toMatchObject({ code: 'change.not-allowed' });
    await client.putPerson(
      { body: { id: 'p-me', name: 'Me', accounts: [`local:${userInfo().username}`], roles: ['admin'] } },
      options,
    );
    const glass = await client.breakGlass({ body }, options);
    expect(glass).toMatchObject({ standing: 'broken', who: { person: 'p-me' }, reason: body.reason });
    expect(await client.brokenGlass({}, options)).toEqual({ glasses: [glass] });
    await expect(
      client.reviewGlass({ params: { id: glass.id }, body: { says: 'Fine.' } }, options),
    ).rejects.toMatchObject({ code: 'change.wrong-state' });
    expect((await client.auditRows({}, options)).rows.map(({ entry }) => entry.code)).toEqual([
      'DNY001',
      'PPL001',
      'BRK001',
    ]);
  });

  it('tells which past changes another policy would have decided otherwise', async () => {
    const { client } = await scene();
    const { id } = await client.propose(
      { body: { requests: [uncordon], reason: 'The work on the node is done.' } },
      options,
    );
    const policy = {
      version: 1 as const,
      rules: [
        { id: 'no-nodes', why: 'Nodes are left alone.', match: { kinds: ['Node'] }, decision: 'forbidden' as const },
      ],
    };
    expect(await client.simulatePolicy({ body: { policy } }, options)).toMatchObject({
      changes: 1,
      same: 0,
      older: false,
      different: [{ id, was: 'one', wouldBe: 'forbidden', will: [expect.stringContaining('worker')] }],
    });
  });

  it('writes into its log where it listens', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'autodevops-agent-'));
    const { log } = await scene(folder);
    expect(log.map((line) => JSON.parse(line) as unknown)).toMatchObject([
      {
        level: 'info',
        message: 'listening',
        address: `unix:${join(folder, 'agent.sock')}`,
        cluster: 'sample',
        version: '0.0.0',
      },
    ]);
  });

  it('knows who calls over TCP by a token only, until that is revoked', async () => {
    const { agent, client } = await scene();
    const { address } = await agent.listen({ kind: 'tcp', host: '127.0.0.1', port: 0 });
    const fetch = tcpFetch({ host: '127.0.0.1', port: Number(new URL(address).port) });
    let token: string | undefined;
    const remote = agentClient({
      address: 'http://localhost',
      fetch,
      token: async () => token,
      newKey: () => 'key-over-tcp',
      wait: async () => {},
    });
    await expect(remote.killSwitch({}, options)).rejects.toMatchObject({ code: 'agent.unauthorized' });
    ({ token } = await client.issueToken({ body: { account: 'slack:T1/U2', name: 'Ann', minutes: 5 } }, options));
    await expect(remote.killSwitch({}, options)).rejects.toMatchObject({ code: 'change.not-allowed' });
    await client.putPerson(
      { body: { id: 'p-ann', name: 'Ann', accounts: ['slack:T1/U2'], roles: ['approver'] } },
      options,
    );
    expect(await remote.setKillSwitch({ body: { on: false, why: 'A look.' } }, options)).toMatchObject({ by: 'Ann' });
    await client.revokeTokens({ params: { account: 'slack:T1/U2' } }, options);
    await expect(remote.killSwitch({}, options)).rejects.toMatchObject({ code: 'agent.unauthorized' });
  });

  it('gives the same change for the same key', async () => {
    const { agent } = await scene();
    const same = agentClient({
      address: 'http://localhost',
      fetch: agent.fetch,
      token: async () => undefined,
      newKey: () => 'the-same-key',
      wait: async () => {},
    });
    const body = { requests: [uncordon], reason: 'Done.' };
    expect((await same.propose({ body }, options)).id).toBe((await same.propose({ body }, options)).id);
  });
});
