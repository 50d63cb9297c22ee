import type { Answer } from '../../packages/kube/src/replay/serving/answer.ts';
import type { SeededRandom } from './seeded-random.ts';
import type { Asked, Between } from './writable-cluster.ts';

/**
 * When a process is killed: before the cluster got the request, or after it took effect and before the answer; after the
 * answer; while a request is on its way that arrives when the next process is at work already; at any request; at any
 * time.
 */
export const killMoments = [
  'request-lost',
  'answer-lost',
  'answered',
  'lands-late',
  'any-request',
  'any-time',
] as const;
export type KillMoment = (typeof killMoments)[number];

/** Requests that a killed process sent and that have not arrived yet. */
export class LateArrivals {
  #late: { readonly path: string; readonly carryOut: () => Promise<Answer>; left: number }[] = [];

  /** It arrives just before the `after`-th later request about the same object. */
  add(path: string, carryOut: () => Promise<Answer>, after: number): void {
    this.#late.push({ path, carryOut, left: after });
  }

  async before({ path }: Asked): Promise<void> {
    for (const one of this.#late) if (one.path === path) one.left -= 1;
    await this.#arrive(({ left }) => left <= 0);
  }

  async all(): Promise<void> {
    await this.#arrive(() => true);
  }

  async #arrive(due: (one: { readonly left: number }) => boolean): Promise<void> {
    const now = this.#late.filter(due);
    this.#late = this.#late.filter((one) => !due(one));
    for (const { carryOut } of now) await carryOut();
  }
}

export interface Killing {
  readonly moment: KillMoment;
  readonly random: SeededRandom;
  readonly late: LateArrivals;
  /** Returns when the process is dead. */
  readonly kill: () => Promise<void>;
  /** Looks at a request for a real change when it comes in. */
  readonly seen: (asked: Asked) => Promise<void>;
}

/** What stands between an agent and the cluster in one of its lives. */
export function deadlyBetween({ moment, random, late, kill, seen }: Killing): Between {
  let requestsLeft = moment === 'any-request' ? random.whole(10) : Infinity;
  let dead = false;
  const killOnce = async (): Promise<undefined> => {
    dead = true;
    await kill();
    return undefined;
  };
  return async (asked, carryOut) => {
    if (dead) return undefined;
    if (asked.changes) await seen(asked);
    await late.before(asked);
    if (requestsLeft-- <= 0) return await killOnce();
    if (!asked.changes) return await carryOut();
    switch (moment) {
      case 'request-lost':
        return await killOnce();
      case 'lands-late': {
        late.add(asked.path, carryOut, 1 + random.whole(3));
        return await killOnce();
      }
      case 'answer-lost': {
        await carryOut();
        return await killOnce();
      }
      case 'answered': {
        setTimeout(() => void killOnce(), random.whole(6));
        return await carryOut();
      }
      default:
        return await carryOut();
    }
  };
}
