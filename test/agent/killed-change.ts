import { setTimeout as sleep } from 'node:timers/promises';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readChange } from '../../agent-core/src/changes/journal/journal.ts';
import type { Change, ChangeEvent } from '../../packages/domain/src/change/change.ts';
import { exportAudit } from '../../packages/store/src/audit/audit-export.ts';
import { verifyAudit } from '../../packages/store/src/audit/audit-verify.ts';
import type { AgentBundle } from './agent-bundle.ts';
import type { AgentBirth } from './agent-process.ts';
import { configMapPath, configMaps, mark, markAll, timesMarked } from './config-maps.ts';
import { deadlyBetween, killMoments, LateArrivals } from './kill-moment.ts';
import type { KillMoment } from './kill-moment.ts';
import { seededRandom } from './seeded-random.ts';
import type { SeededRandom } from './seeded-random.ts';
import { answering, clientOf, patiently, startAgentProcess } from './started-agent.ts';
import type { StoreUnderTest } from './store-under-test.ts';
import { startWritableCluster } from './writable-cluster.ts';
import type { WritableCluster } from './writable-cluster.ts';

const steps = 4;
/** The lease of a dead process is ended by the test, so it may be long: a busy machine loses none. */
const pace = { lease: 60_000, poll: 20, settle: 40, again: 50 };
/** More lives than this no change needs. */
const mostLives = 100;

/** What became of one change whose processes were killed again and again. */
export interface KilledChange {
  readonly seed: number;
  readonly change: Change;
  readonly kills: Readonly<Partial<Record<KillMoment, number>>>;
  readonly meddled: boolean;
  /** Everything that is not as it has to be; empty when all is well. */
  readonly wrong: readonly string[];
  readonly effects: number;
}

interface Scene {
  readonly bundle: AgentBundle;
  readonly under: StoreUnderTest;
  readonly cluster: WritableCluster;
  readonly random: SeededRandom;
  readonly late: LateArrivals;
  readonly birth: AgentBirth;
  readonly value: string;
  readonly wrong: string[];
}

async function sceneOf(seed: number, bundle: AgentBundle, under: StoreUnderTest): Promise<Scene> {
  const cluster = await startWritableCluster(configMaps(steps));
  const kubeconfig = join(under.folder, 'kubeconfig');
  writeFileSync(kubeconfig, cluster.kubeconfig);
  const configuration = {
    customer: under.customer,
    cluster: { type: 'context', kubeconfig },
    agents: { jamie: { memory: under.memory }, scarlet: { autonomy_level: 'suggest' } },
  };
  const birth: AgentBirth = {
    configuration,
    folder: under.folder,
    pace,
    listen: { kind: 'socket', path: join(under.folder, 'agent.sock') },
  };
  return {
    bundle,
    under,
    cluster,
    birth,
    random: seededRandom(seed),
    late: new LateArrivals(),
    value: `seed-${seed}`,
    wrong: [],
  };
}

/** Nothing is sent whose intent is not durable. */
async function checkIntent({ under, wrong }: Scene, id: string): Promise<void> {
  const last: ChangeEvent | undefined = (await under.store.changes.read(id)).at(-1);
  if (last?.type !== 'step-intended') {
    wrong.push(`a request came while the journal's last event was ${last?.type ?? 'none'}`);
  }
}

async function proposed({
  birth,
  bundle,
  value,
}: Scene): Promise<{ readonly id: string; readonly agent: ReturnType<typeof startAgentProcess> }> {
  const agent = startAgentProcess(bundle, birth);
  await answering(agent);
  const client = clientOf(birth.listen.kind === 'socket' ? birth.listen.path : '');
  const { id, digest } = await client.propose(
    { body: { requests: [...markAll(steps, value)], reason: 'A test wants it.' } },
    patiently,
  );
  await client.approve({ params: { id }, body: { digest } }, patiently);
  return { id, agent };
}

async function hasEnded({ under }: Scene): Promise<boolean> {
  return (await under.store.changes.list({ limit: 1, open: true })).length === 0;
}

/** One life: until it is killed at its moment (true), or the change has ended (false). */
async function live(
  scene: Scene,
  id: string,
  agent: ReturnType<typeof startAgentProcess>,
  moment: KillMoment,
): Promise<boolean> {
  const { cluster, random, late } = scene;
  const death = new AbortController();
  const kill = async (): Promise<void> => {
    death.abort();
    agent.signal('SIGKILL');
    await agent.gone;
  };
  const timer = moment === 'any-time' ? setTimeout(() => void kill(), 50 + random.whole(600)) : undefined;
  cluster.stand(deadlyBetween({ moment, random, late, kill, seen: async () => await checkIntent(scene, id) }));
  while (!death.signal.aborted && !(await hasEnded(scene))) await Promise.race([agent.gone, sleep(30)]);
  clearTimeout(timer);
  const killed = death.signal.aborted;
  await kill();
  return killed;
}

/** Somebody else sets what the change set, to something else: afterwards nobody can tell whether the step was done. */
async function meddle({ cluster }: Scene, events: readonly ChangeEvent[]): Promise<boolean> {
  const last = events.at(-1);
  if (last?.type !== 'step-intended') return false;
  await cluster.meddle(configMapPath(last.step.action), (object) => ({
    ...object,
    metadata: { ...object.metadata, annotations: { [mark]: 'of somebody else' } },
  }));
  return true;
}

async function judge(scene: Scene, change: Change): Promise<readonly string[]> {
  const { cluster, under, value } = scene;
  const wrong = [...scene.wrong];
  for (let action = 0; action < steps; action += 1) {
    const { marked, back } = timesMarked(cluster, action, value);
    const outcome = change.steps.findLast(
      ({ step }) => step.action === action && step.direction === 'forward',
    )?.outcome;
    const undone = change.steps.findLast(({ step }) => step.action === action && step.direction === 'back')?.outcome;
    if (marked > 1 || back > 1) wrong.push(`step ${action} was done ${marked} times and taken back ${back} times`);
    if (outcome === 'done' && marked !== 1) {
      wrong.push(`step ${action} is said to be done and was done ${marked} times`);
    }
    if (outcome !== 'done' && outcome !== 'unknown' && marked !== 0) {
      wrong.push(`step ${action} is ${outcome ?? 'open'} and was done`);
    }
    if (undone === 'done' && back !== 1) wrong.push(`step ${action} is said to be taken back and was ${back} times`);
    if (outcome === 'unknown' && change.state !== 'unknown') {
      wrong.push(`step ${action} is unknown and the change ${change.state}`);
    }
    const now = (await cluster.object(configMapPath(action))).metadata['annotations'] as Readonly<
      Record<string, string>
    >;
    if (change.state === 'succeeded' && now[mark] !== value) {
      wrong.push(`it succeeded, and ConfigMap ${action} shows ${now[mark] ?? 'nothing'}`);
    }
  }
  const verdict = await verifyAudit(bytesOf(exportAudit(under.store.audit, { format: 'jsonl' })));
  if (!verdict.intact) wrong.push(verdict.says);
  const codes = (await under.store.audit.rows({ from: 1, limit: 1000 }))
    .filter(({ entry }) => entry.subject === change.id)
    .map(({ entry }) => entry.code);
  if (change.state === 'unknown' && !codes.includes('CHG016')) wrong.push('unknown is not in the audit log');
  const intents = codes.filter((code) => code === 'CHG009').length;
  if (intents < cluster.effects.length) {
    wrong.push(`${intents} intents were recorded for ${cluster.effects.length} effects`);
  }
  return wrong;
}

async function* bytesOf(text: AsyncIterable<string>): AsyncGenerator<Uint8Array> {
  for await (const piece of text) yield Buffer.from(piece);
}

/** Executes a plan of four actions in a process that is killed at seeded moments and started again, until it has ended. */
export async function killedChange({
  seed,
  bundle,
  under,
}: {
  readonly seed: number;
  readonly bundle: AgentBundle;
  readonly under: StoreUnderTest;
}): Promise<KilledChange> {
  const scene = await sceneOf(seed, bundle, under);
  const { cluster, random, late } = scene;
  const kills: Partial<Record<KillMoment, number>> = {};
  // One change in five meets somebody who changes the same thing while nobody looks.
  const meddlesAt = random.whole(5) === 0 ? 1 + random.whole(4) : Infinity;
  let meddled = false;
  try {
    let { id, agent } = await proposed(scene);
    for (let life = 1; life <= mostLives; life += 1) {
      const moment = random.one(killMoments);
      if (!(await live(scene, id, agent, moment))) break;
      kills[moment] = (kills[moment] ?? 0) + 1;
      if (life >= meddlesAt && !meddled) meddled = await meddle(scene, await under.store.changes.read(id));
      await under.endLeases();
      agent = startAgentProcess(bundle, scene.birth);
    }
    agent.signal('SIGKILL');
    await agent.gone;
    cluster.stand(undefined);
    await late.all();
    const { change } = await readChange(under.store.changes, id);
    return { seed, change, kills, meddled, wrong: await judge(scene, change), effects: cluster.effects.length };
  } finally {
    await cluster.close();
  }
}
