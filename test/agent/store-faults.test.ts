import { chmodSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { agentClient } from '../../packages/agentd/src/client/agent-client.ts';
import type { AgentClient } from '../../packages/agentd/src/client/agent-client.ts';
import { composeAgent } from '../../packages/agentd/src/compose.ts';
import { Configuration } from '../../packages/agentd/src/configuration/configuration.ts';
import type { Change } from '../../packages/domain/src/change/change.ts';
import type { Store } from '../../packages/domain/src/ports/store.ts';
import { openPostgresStore } from '../../packages/store/src/postgres/postgres-store.ts';
import { startTestServer } from '../../packages/store/src/postgres/testing/test-server.ts';
import type { TestServer } from '../../packages/store/src/postgres/testing/test-server.ts';
import { openBetterSqlite3 } from '../../packages/store/src/sqlite/driver/better-sqlite3-driver.ts';
import type { SqliteDriver } from '../../packages/store/src/sqlite/driver/driver.ts';
import { openSqliteStore } from '../../packages/store/src/sqlite/sqlite-store.ts';
import { boundByModes } from '../faults/bound-by-modes.ts';
import { bundleAgent } from './agent-bundle.ts';
import { followed, quickPace, until } from './agent-scene.ts';
import { configMaps, markAll, timesMarked } from './config-maps.ts';
import { patiently, startAgentProcess } from './started-agent.ts';
import { startWritableCluster } from './writable-cluster.ts';
import type { WritableCluster } from './writable-cluster.ts';

interface FaultScene {
  readonly client: AgentClient;
  readonly cluster: WritableCluster;
  readonly log: () => string;
}

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'autodevops-store-faults-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** An agent of this process over a store that is about to fail. */
async function agentOver(store: Store, folder: string): Promise<FaultScene> {
  const cluster = await startWritableCluster(configMaps(2));
  writeFileSync(join(folder, 'kubeconfig'), cluster.kubeconfig);
  const configuration = Configuration.parse({
    cluster: { type: 'context', kubeconfig: join(folder, 'kubeconfig') },
    agents: { scarlet: { autonomy_level: 'suggest' } },
  });
  let log = '';
  const agent = await composeAgent({
    configuration,
    folder,
    version: '0.0.0',
    environment: {},
    writeLog: (text) => {
      log += text;
    },
    pace: quickPace,
    openedStore: store,
  });
  onTestFinished(async () => {
    await agent.close();
    await cluster.close();
  });
  let keys = 0;
  const client = agentClient({
    address: 'http://localhost',
    fetch: agent.fetch,
    token: async () => undefined,
    newKey: () => `fault-${process.pid}-${++keys}`,
    wait: async (milliseconds) => {
      await sleep(milliseconds);
    },
  });
  return { client, cluster, log: () => log };
}

const proposal = (value: string) => ({ body: { requests: [...markAll(2, value)], reason: 'A test wants it.' } });

async function agreed({ client }: FaultScene, value: string): Promise<Change> {
  const { id, digest } = await client.propose(proposal(value), patiently);
  return await client.approve({ params: { id }, body: { digest } }, patiently);
}

/** What only looks is answered as ever. */
async function expectToLook({ client }: FaultScene): Promise<void> {
  expect(await client.diagnose({ body: { namespaces: ['shop'] } }, patiently)).toMatchObject({
    observed: { namespaces: ['shop'] },
  });
  expect(await client.ask({ body: { question: 'what is wrong in namespace shop?' } }, patiently)).toMatchObject({
    outcome: 'answered',
  });
}

/** Breaks the store while the first effect is on its way, and mends it once the agent has said that it cannot go on. */
async function brokenInTheMiddle(
  scene: FaultScene,
  value: string,
  breakIt: () => unknown,
  mendIt: () => unknown,
): Promise<Change> {
  const { client, cluster, log } = scene;
  const { id } = await agreed(scene, value);
  cluster.stand(async ({ changes }, carryOut) => {
    if (!changes) return await carryOut();
    cluster.stand(undefined);
    await breakIt();
    return await carryOut();
  });
  await client.run({ params: { id } }, patiently);
  await until('the agent says that it cannot go on', () => log().includes('a change could not be executed'));
  expect(cluster.effects).toHaveLength(1);
  await expectToLook(scene);
  await expect(client.setKillSwitch({ body: { on: true, why: 'A test wants it.' } }, patiently)).rejects.toMatchObject({
    code: expect.stringMatching(/^store\./),
  });
  await mendIt();
  // The lease is this agent's own still, so it goes on when it is asked to.
  await until('the change is taken up again', async () => {
    await client.run({ params: { id } }, patiently).catch(() => undefined);
    return (await client.change({ params: { id } }, patiently).catch(() => undefined))?.steps.length === 2;
  });
  return await followed(client, id);
}

const once = [
  { marked: 1, back: 0 },
  { marked: 1, back: 0 },
];

function marks({ cluster }: FaultScene, value: string): readonly object[] {
  return [0, 1].map((index) => timesMarked(cluster, index, value));
}

interface Lockable {
  readonly store: Store;
  readonly file: string;
  readonly readOnly: (yes: boolean) => void;
}

/** A store whose database SQLite can be told to refuse writes to, as it does for a file that may not be written. */
async function lockable(folder: string): Promise<Lockable> {
  let driver: SqliteDriver | undefined;
  const file = join(folder, 'agent.db');
  const store = await openSqliteStore({ file, driver: (path, options) => (driver = openBetterSqlite3(path, options)) });
  return { store, file, readOnly: (yes) => driver?.exec(`PRAGMA query_only = ${yes ? 'ON' : 'OFF'}`) };
}

describe('an agent whose database may not be written', () => {
  it('says so and does nothing, and still diagnoses', async () => {
    const folder = newFolder();
    const { store, file, readOnly } = await lockable(folder);
    const scene = await agentOver(store, folder);
    const { id, digest } = await scene.client.propose(proposal('refused'), patiently);
    readOnly(true);
    const refusal = { code: 'store.read-only', message: `${file} cannot be written; nothing was.` };
    await expect(scene.client.approve({ params: { id }, body: { digest } }, patiently)).rejects.toMatchObject(refusal);
    await expect(scene.client.propose(proposal('refused too'), patiently)).rejects.toMatchObject(refusal);
    expect(scene.cluster.effects).toEqual([]);
    await expectToLook(scene);
    readOnly(false);
    await scene.client.approve({ params: { id }, body: { digest } }, patiently);
    expect(await followed(scene.client, id)).toMatchObject({ state: 'succeeded' });
    expect(marks(scene, 'refused')).toEqual(once);
  }, 120_000);

  it('since the middle of a change goes on when it may be, with every effect once', async () => {
    const folder = newFolder();
    const { store, readOnly } = await lockable(folder);
    const scene = await agentOver(store, folder);
    expect(
      await brokenInTheMiddle(
        scene,
        'middle',
        () => readOnly(true),
        () => readOnly(false),
      ),
    ).toMatchObject({ state: 'succeeded' });
    expect(marks(scene, 'middle')).toEqual(once);
  }, 120_000);
});

const through = boundByModes();

it.runIf(through !== undefined)(
  'an agent whose database file belongs to somebody else does not start, and says why',
  async () => {
    const folder = newFolder();
    const file = join(folder, 'agent.db');
    await (await openSqliteStore({ file })).close();
    const cluster = await startWritableCluster(configMaps(1));
    const bundle = await bundleAgent();
    onTestFinished(async () => {
      await cluster.close();
      bundle.remove();
      chmodSync(folder, 0o700);
    });
    writeFileSync(join(folder, 'kubeconfig'), cluster.kubeconfig);
    chmodSync(file, 0o444);
    chmodSync(folder, 0o555);
    const configuration = {
      cluster: { type: 'context', kubeconfig: join(folder, 'kubeconfig') },
      agents: { jamie: { memory: `sqlite://${file}` } },
    };
    const agent = startAgentProcess(
      bundle,
      { configuration, folder, pace: quickPace, listen: { kind: 'socket', path: join(folder, 'agent.sock') } },
      through,
    );
    expect(await agent.firstLine).toEqual({ code: 'store.read-only', says: `${file} cannot be written; nothing was.` });
    expect(await agent.gone).toBe(1);
  },
  120_000,
);

describe('an agent whose disk is full', () => {
  it('says so, does nothing, and still diagnoses and shows what it knows', async () => {
    const folder = newFolder();
    const file = join(folder, 'agent.db');
    const scene = await agentOver(await openSqliteStore({ file, maxBytes: 600_000 }), folder);
    const { id, digest } = await scene.client.propose(proposal('full'), patiently);
    let refusal: unknown;
    for (let n = 0; n < 1000 && refusal === undefined; n += 1) {
      refusal = await scene.client.remember({ body: { text: `${n} ${'lorem ipsum '.repeat(150)}` } }, patiently).then(
        () => undefined,
        (error: unknown) => error,
      );
      if ((refusal as { message?: string } | undefined)?.message?.startsWith('Too many requests') === true) {
        refusal = undefined;
        await sleep(500);
      }
    }
    const full = {
      code: 'store.full',
      message: `There is no room left for ${file}; nothing was written. What is in it can still be read.`,
    };
    expect(refusal).toMatchObject(full);
    await sleep(1500);
    // What is small may find room still: this is not.
    await expect(scene.client.propose(proposal('full too '.repeat(400)), patiently)).rejects.toMatchObject(full);
    expect(scene.cluster.effects).toEqual([]);
    await expectToLook(scene);
    expect(await scene.client.change({ params: { id } }, patiently)).toMatchObject({ state: 'waiting', digest });
  }, 120_000);
});

describe('an agent whose store is lost in the middle of a change', () => {
  it('because its file was moved away goes on when it is back, with every effect once', async () => {
    const folder = newFolder();
    const file = join(folder, 'agent.db');
    const scene = await agentOver(await openSqliteStore({ file }), folder);
    expect(
      await brokenInTheMiddle(
        scene,
        'moved',
        () => renameSync(file, `${file}.away`),
        () => renameSync(`${file}.away`, file),
      ),
    ).toMatchObject({ state: 'succeeded' });
    expect(marks(scene, 'moved')).toEqual(once);
  }, 120_000);

  describe('on PostgreSQL', () => {
    let server: TestServer;
    beforeAll(async () => {
      server = await startTestServer();
    }, 120_000);
    afterAll(async () => {
      await server.stop();
    });

    it('because its server crashed goes on when it is back, with every effect once', async () => {
      const scene = await agentOver(
        await openPostgresStore({ address: server.runtime, customer: 'crashed' }),
        newFolder(),
      );
      expect(
        await brokenInTheMiddle(
          scene,
          'crashed',
          () => server.crash(),
          () => server.start(),
        ),
      ).toMatchObject({ state: 'succeeded' });
      expect(marks(scene, 'crashed')).toEqual(once);
    }, 120_000);
  });
});
