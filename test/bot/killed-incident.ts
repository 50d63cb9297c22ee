import { setTimeout as sleep } from 'node:timers/promises';
import type { User } from '../../packages/testkit/src/slack/state/workspaces.ts';
import { seededRandom } from '../agent/seeded-random.ts';
import type { SeededRandom } from '../agent/seeded-random.ts';
import { patiently } from '../agent/started-agent.ts';
import type { StartedAgent } from '../agent/started-agent.ts';
import { callMoments, killAtCall } from './deadly-slack.ts';
import { apiIsDown } from './incident-scene.ts';
import type { IncidentScene } from './incident-scene.ts';
import { contentOf, postedTwice } from './incident-thread.ts';

/** What is killed, and when: the bot at a call of Slack or at any time, the agent at an effect or at any time, both at once. */
export const killings = [...callMoments, 'bot-any-time', 'agent-effect', 'agent-any-time', 'both'] as const;
export type Killing = (typeof killings)[number];

export interface KilledIncident {
  readonly seed: number;
  readonly kills: Readonly<Partial<Record<Killing, number>>>;
  /** What must never be, and was. */
  readonly wrong: readonly string[];
}

/** In milliseconds: between two kills at most, and until a walk has to have come to its end. */
const between = 3000;
const longest = 150_000;

/** Kills and starts again, until it is told to stop. */
class Killer {
  readonly kills: Partial<Record<Killing, number>> = {};
  readonly #scene: IncidentScene;
  readonly #random: SeededRandom;
  #bot: StartedAgent;
  #isOver = false;

  constructor(scene: IncidentScene, random: SeededRandom, bot: StartedAgent) {
    this.#scene = scene;
    this.#random = random;
    this.#bot = bot;
  }

  stop(): void {
    this.#isOver = true;
  }

  async run(): Promise<void> {
    while (!this.#isOver) {
      const killing = this.#random.one(killings);
      await this.#wait(killing);
      if (this.#isOver) return;
      this.kills[killing] = (this.kills[killing] ?? 0) + 1;
      if (killing.startsWith('agent') || killing === 'both') await this.#againAgent();
      if (!killing.startsWith('agent')) await this.#againBot();
      await sleep(500 + this.#random.whole(between));
    }
  }

  /** Until the moment has come, or so long that it does not come. */
  async #wait(killing: Killing): Promise<void> {
    const { bots: { slack }, cluster } = this.#scene;
    const moment = callMoments.find((one) => one === killing);
    const come = new Promise<void>((resolve) => {
      if (moment !== undefined) {
        const lift = killAtCall(slack, moment, this.#random, () => {
          this.#bot.signal('SIGKILL');
          resolve();
        });
        setTimeout(lift, 4000);
      } else if (killing === 'agent-effect') {
        cluster.onEffect = () => {
          void this.#scene.acme.kill();
          resolve();
        };
      } else setTimeout(resolve, this.#random.whole(between));
    });
    await Promise.race([come, sleep(4000)]);
    cluster.onEffect = undefined;
  }

  async #againAgent(): Promise<void> {
    await this.#scene.acme.kill();
    await this.#scene.acme.start();
  }

  async #againBot(): Promise<void> {
    this.#bot.signal('SIGKILL');
    await this.#bot.gone;
    this.#bot = await this.#scene.bots.start();
  }
}

/** People who see nothing happen press again, as people do. */
async function insist({ seen }: IncidentScene, by: User, action: string, { on, until }: { readonly on: (text: string) => boolean; readonly until: (text: string) => boolean }): Promise<void> {
  const end = performance.now() + longest;
  const shows = (what: (text: string) => boolean): boolean => seen.messages().some((message) => message.onlyFor === undefined && what(contentOf(message)));
  while (!shows(until)) {
    if (performance.now() > end) throw new Error(`${by.name} pressed ${action} in vain; there stands:\n${seen.messages().map(({ text }) => text).join('\n')}`);
    const message = seen.messages().find((one) => one.onlyFor === undefined && on(contentOf(one)));
    if (message !== undefined) await seen.click(by, message, action).catch(() => undefined);
    for (let waits = 0; waits < 20 && !shows(until); waits += 1) await sleep(100);
  }
}

async function walk(scene: IncidentScene): Promise<void> {
  const { at: { ann, bob, cid }, acme, seen } = scene;
  await acme.alert(apiIsDown);
  // Else Scarlet has done it, or does it after her end.
  if (!scene.proposes) await insist(scene, ann, 'run-fix', { on: (text) => text.includes('"run-fix"'), until: (text) => /"header".*(waits for a yes|Approved|Being done|Done)/.test(text) });
  await insist(scene, bob, 'approve-change', { on: (text) => text.includes('"approve-change"'), until: (text) => text.includes('👍 Bob') || /"header".*(Approved|Being done|Done|unknown|Failed)/.test(text) });
  await insist(scene, cid, 'approve-change', { on: (text) => text.includes('"approve-change"'), until: (text) => /"header".*(Approved|Being done|Done|unknown|Failed)/.test(text) });
  await seen.wait('how the change ended', (text) => /"header".*(Done and verified|Outcome unknown|Failed|Taken back)/.test(text), longest / 1000);
  await acme.alert({ ...apiIsDown, status: 'resolved' });
  await seen.wait('that it is over', (text) => text.includes('Timeline') && text.includes('show-postmortem'), longest / 1000);
}

async function judge({ acme, cluster, seen }: IncidentScene): Promise<readonly string[]> {
  const wrong: string[] = [];
  const { changes } = await acme.client.changes({}, patiently);
  if (changes.length !== 1) wrong.push(`${changes.length} changes were proposed`);
  const change = changes[0] === undefined ? undefined : await acme.client.change({ params: { id: changes[0].id } }, patiently);
  const yeses = change?.approvals.map(({ actor }) => actor.person).toSorted().join();
  if (yeses !== 'bob,cid') wrong.push(`yeses came from ${yeses ?? 'nobody'}`);
  if (cluster.effects.length > 1) wrong.push(`the cluster was changed ${cluster.effects.length} times`);
  if (seen.roots().length !== 1) wrong.push(`${seen.roots().length} threads were opened: ${seen.roots().map(({ text }) => text).join(' | ')}`);
  const twice = postedTwice(seen.messages());
  if (twice.length > 0) wrong.push(`said twice: ${twice.join(' ')}`);
  const { incidents } = await acme.client.incidents({}, patiently);
  if (incidents.length !== 1 || incidents[0]?.state !== 'resolved') wrong.push(`incidents: ${incidents.map(({ state }) => state).join()}`);
  return wrong;
}

/** An alert, its fix by three people and its end, while the bot and the agent are killed at seeded moments and started again. */
export async function killedIncident(seed: number, scene: IncidentScene): Promise<KilledIncident> {
  const killer = new Killer(scene, seededRandom(seed), await scene.bots.start());
  const killing = killer.run();
  try {
    await walk(scene);
  } finally {
    killer.stop();
    await killing;
  }
  // What was on its way arrives.
  await sleep(3000);
  return { seed, kills: killer.kills, wrong: await judge(scene) };
}
