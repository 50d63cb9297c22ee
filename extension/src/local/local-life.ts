import { AutoDevOpsError } from '@autodevops/domain/errors';
import type { LocalEvent, LocalStatus } from '@autodevops/domain/local-cluster';
import type { LocalCluster, Stoppable } from '@autodevops/domain/ports/local-cluster';
import { remedyInEditor } from '../language/remedy-in-editor.ts';
import { t } from '../language/translate.ts';
import { Observed } from '../observing/observed.ts';

/** How the local cluster stands, as far as this window knows. */
export type LocalState =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'working'; readonly doing: string; readonly says: string }
  | { readonly kind: 'known'; readonly status: LocalStatus };

/** What is told while something goes on: the step, and how much of all is done (0 to 1) where that can be estimated. */
export type LocalTold = (says: string, share: number | undefined) => void;

type Work = (cluster: LocalCluster, options: Stoppable) => AsyncIterable<LocalEvent>;

/** The local cluster of the open folder. One thing is done to it at a time. */
export class LocalLife {
  readonly state = new Observed<LocalState>({ kind: 'unknown' });
  readonly #open: () => Promise<LocalCluster>;

  constructor(open: () => Promise<LocalCluster>) {
    this.#open = open;
  }

  /** Asks how it stands. Throws `local.*`, `config.invalid`. */
  async status(signal: AbortSignal): Promise<LocalStatus> {
    const status = await (await this.#open()).status({ signal });
    const { value } = this.state;
    const isTold = value.kind === 'known' && JSON.stringify(value.status) === JSON.stringify(status);
    if (value.kind !== 'working' && !isTold) this.state.set({ kind: 'known', status });
    return status;
  }

  /** Does it, step by step. Throws as the cluster does, after which it is asked how it stands now. */
  async run(
    doing: string,
    work: Work,
    told: LocalTold,
    signal: AbortSignal,
  ): Promise<{ readonly says: string; readonly status: LocalStatus }> {
    if (this.state.value.kind === 'working') {
      throw new AutoDevOpsError(
        'usage',
        t('Something is done to the local cluster already.'),
        t('Wait for its end, or stop it.'),
      );
    }
    const before = this.state.value;
    this.state.set({ kind: 'working', doing, says: '' });
    let after: LocalState = before;
    try {
      const ended = await this.#follow(doing, work, told, signal);
      after = { kind: 'known', status: ended.status };
      return ended;
    } catch (error) {
      // What was interrupted left something: the next state is what is there, not what was.
      const status = await this.#open()
        .then((cluster) => cluster.status({ signal: AbortSignal.timeout(20_000) }))
        .catch(() => undefined);
      if (status !== undefined) after = { kind: 'known', status };
      throw error;
    } finally {
      this.state.set(after);
    }
  }

  async #follow(
    doing: string,
    work: Work,
    told: LocalTold,
    signal: AbortSignal,
  ): Promise<{ readonly says: string; readonly status: LocalStatus }> {
    const share = shareOfPlan();
    let done: Extract<LocalEvent, { type: 'done' }> | undefined;
    for await (const event of work(await this.#open(), { signal })) {
      if (event.type === 'done') done = event;
      const part = share(event);
      if (!('says' in event) || event.type === 'done') continue;
      this.state.set({ kind: 'working', doing, says: event.says });
      told(event.type === 'note' ? `${event.says} ${remedyInEditor(event)}` : event.says, part);
    }
    if (done === undefined) {
      throw new AutoDevOpsError('internal', t('It ended without saying how.'), t('Look at its status.'));
    }
    return done;
  }
}

/** How much of a run is done, by the estimates of its plan; undefined where a step has none. */
export function shareOfPlan(): (event: LocalEvent) => number | undefined {
  let whole: number | undefined;
  const ended = new Map<string, number>();
  const estimates = new Map<string, number>();
  return (event) => {
    if (event.type === 'plan') {
      whole = event.estimateMs ?? undefined;
      for (const { step, estimateMs } of event.steps) if (estimateMs !== null) estimates.set(step, estimateMs);
    }
    if (event.type === 'step-done') ended.set(event.step, estimates.get(event.step) ?? 0);
    if (event.type === 'done') return 1;
    if (whole === undefined || whole === 0) return undefined;
    return Math.min(1, [...ended.values()].reduce((sum, one) => sum + one, 0) / whole);
  };
}
