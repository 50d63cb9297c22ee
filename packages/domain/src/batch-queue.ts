/** What became of one job of a batch. */
export type Settled<Result> = { readonly value: Result } | { readonly error: unknown };

interface Waiting<Job, Result> {
  readonly job: Job;
  readonly resolve: (value: Result) => void;
  readonly reject: (error: unknown) => void;
}

export interface BatchOptions<Job> {
  /** Jobs in one batch. */
  readonly most?: number;
  /** Names of what a job touches: no two jobs that touch the same come into one batch. */
  readonly apart?: (job: Job) => readonly string[];
  readonly alone?: (error: unknown) => boolean;
}

/** Jobs wait for one another in the order they came; those that came while one batch ran are the next batch. */
export interface BatchQueue<Job, Result> {
  submit(job: Job): Promise<Result>;
  /** Resolves when nothing runs and nothing waits. */
  idle(): Promise<void>;
}

/**
 * A disk makes one commit durable as fast as sixty-four: what many ask for at the same time is written at once.
 * `run` gives an outcome for each job, in order. When it throws, that is the outcome of all, but for an error of which
 * `alone` says that one job may have brought it on all: then each is run for itself.
 */
export function batchQueue<Job, Result>(
  run: (jobs: readonly Job[]) => Promise<readonly Settled<Result>[]>,
  { most = 64, alone = () => false, apart = () => [] }: BatchOptions<Job> = {},
): BatchQueue<Job, Result> {
  const waiting: Waiting<Job, Result>[] = [];
  let running: Promise<void> | undefined;

  async function runOne(batch: readonly Waiting<Job, Result>[]): Promise<void> {
    try {
      const outcomes = await run(batch.map(({ job }) => job));
      for (const [at, { resolve, reject }] of batch.entries()) {
        const outcome = outcomes[at];
        if (outcome !== undefined && 'value' in outcome) resolve(outcome.value);
        else reject(outcome?.error ?? new Error('A batch gave no outcome for one of its jobs.'));
      }
    } catch (error) {
      if (batch.length > 1 && alone(error)) for (const one of batch) await runOne([one]);
      else for (const { reject } of batch) reject(error);
    }
  }

  /** How many of those who wait, from the first on, may go together. */
  function together(): number {
    const taken = new Set<string>();
    let count = 0;
    for (const { job } of waiting.slice(0, most)) {
      const names = apart(job);
      if (names.some((name) => taken.has(name))) break;
      for (const name of names) taken.add(name);
      count += 1;
    }
    return count;
  }

  async function runAll(): Promise<void> {
    while (waiting.length > 0) {
      // Those who were just answered may ask again at once: they come into the next batch.
      await new Promise((resolve) => setImmediate(resolve));
      const batch = waiting.splice(0, together());
      await runOne(batch);
    }
    running = undefined;
  }

  return {
    submit: (job) =>
      new Promise((resolve, reject) => {
        waiting.push({ job, resolve, reject });
        running ??= runAll();
      }),
    idle: () => running ?? Promise.resolve(),
  };
}
