import { setTimeout as sleep } from 'node:timers/promises';
import type { SeededRandom } from '../agent/seeded-random.ts';
import type { StartedAgent } from '../agent/started-agent.ts';
import { callMoments, killAtCall } from './deadly-slack.ts';
import type { IncidentScene } from './incident-scene.ts';

/** What is killed, and when: the bot at a call of Slack or at any time, the agent at an effect or at any time, both at once. */
export const killings = [...callMoments, 'bot-any-time', 'agent-effect', 'agent-any-time', 'both'] as const;
export type Killing = (typeof killings)[number];

/** In milliseconds: between two kills at most; and how long is killed before what is waited for has to come to its end in peace. */
const between = 3000;
const killedFor = 60_000;
/** In peace, a press is answered within so many times the longest that a process took to start here: what makes the one slow makes the other slow. */
const startsOfAnswer = 30;
const shortestPatience = 60_000;

/** Kills and starts again, until it is told to stop. */
export class Killer {
  readonly kills: Partial<Record<Killing, number>> = {};
  readonly #scene: IncidentScene;
  readonly #random: SeededRandom;
  #bot: StartedAgent;
  #isOver = false;
  #isPeace = false;
  #longestStart = 0;

  constructor(scene: IncidentScene, random: SeededRandom, bot: StartedAgent) {
    this.#scene = scene;
    this.#random = random;
    this.#bot = bot;
  }

  stop(): void {
    this.#isOver = true;
  }

  /** Kills nothing until it is over: what does not happen now is lost, and not only slow. */
  makePeace(): void {
    this.#isPeace = true;
  }

  goOn(): void {
    this.#isPeace = false;
  }

  /** In milliseconds: how long in peace what was accepted may take on a machine as busy as this one. */
  get patience(): number {
    return Math.max(shortestPatience, startsOfAnswer * this.#longestStart);
  }

  /** Until so many kills have been: on a slow machine what is walked may end after fewer, and what has ended has to bear them too. */
  async hasKilled(times: number): Promise<void> {
    const end = performance.now() + 2 * this.patience;
    const count = (): number => Object.values(this.kills).reduce((sum, kills) => sum + kills, 0);
    while (count() < times && performance.now() < end) await sleep(100);
  }

  async run(): Promise<void> {
    while (!this.#isOver) {
      const killing = this.#random.one(killings);
      await this.#wait(killing);
      while (this.#isPeace && !this.#isOver) await sleep(100);
      if (this.#isOver) return;
      this.kills[killing] = (this.kills[killing] ?? 0) + 1;
      if (killing.startsWith('agent') || killing === 'both') await this.#againAgent();
      if (!killing.startsWith('agent')) await this.#againBot();
      await sleep(500 + this.#random.whole(between));
    }
  }

  /** Until the moment has come, or so long that it does not come. */
  async #wait(killing: Killing): Promise<void> {
    const {
      bots: { slack },
      cluster,
    } = this.#scene;
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
    await this.#timed(async () => await this.#scene.acme.start());
  }

  async #timed(start: () => Promise<void>): Promise<void> {
    const began = performance.now();
    await start();
    this.#longestStart = Math.max(this.#longestStart, performance.now() - began);
  }

  async #againBot(): Promise<void> {
    this.#bot.signal('SIGKILL');
    await this.#bot.gone;
    await this.#timed(async () => {
      this.#bot = await this.#scene.bots.start();
    });
  }
}

/** Waits; when it has taken long, in peace. False: it did not come although nobody was killed any more. */
export async function comes(killer: Killer, has: () => boolean): Promise<boolean> {
  const peaceAt = performance.now() + killedFor;
  while (!has() && performance.now() < peaceAt) await sleep(100);
  if (has()) return true;
  killer.makePeace();
  const end = performance.now() + killer.patience;
  while (!has() && performance.now() < end) await sleep(100);
  killer.goOn();
  return has();
}
