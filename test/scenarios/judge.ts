import { randomBytes } from 'node:crypto';
import { diagnose } from '../../agent-core/src/jamie/diagnose.ts';
import type { Cause, Diagnosis } from '../../packages/domain/src/diagnosis.ts';
import type { ClusterReader } from '../../packages/domain/src/ports/cluster.ts';
import type { ClusterHand } from './cluster-hand.ts';
import type { Scenario } from './scenario.ts';

/** One scenario on its way: its two namespaces and the last answers about them. */
export interface Trial {
  readonly scenario: Scenario;
  readonly sick: string;
  readonly healthy: string;
  alone: Diagnosis | undefined;
  twin: Diagnosis | undefined;
}

/** Names that tell nothing: a rule must not be able to read the fault in them. */
function neutralName(): string {
  return `n${randomBytes(4).toString('hex')}`;
}

export function prepare(scenarios: readonly Scenario[]): Trial[] {
  return scenarios.map((scenario) => ({ scenario, sick: neutralName(), healthy: neutralName(), alone: undefined, twin: undefined }));
}

/** Runs jobs with at most `width` at once. */
export async function inParallel<T>(items: readonly T[], width: number, job: (item: T) => Promise<void>): Promise<void> {
  const queue = [...items];
  const worker = async (): Promise<void> => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await job(item);
  };
  await Promise.all(Array.from({ length: width }, worker));
}

export function isNamed(trial: Trial, cause: Cause | undefined): boolean {
  if (cause === undefined || cause.code !== trial.scenario.code) return false;
  const [kind, name] = trial.scenario.object.replaceAll('$NS', trial.sick).split('/');
  const here = cause.object.namespace === '' || cause.object.namespace === trial.sick;
  return here && cause.object.kind === kind && cause.object.name === name;
}

export async function ask(reader: ClusterReader, namespace?: string): Promise<Diagnosis> {
  const scope = namespace === undefined ? {} : { namespaces: [namespace] };
  return diagnose(reader, scope, { signal: AbortSignal.timeout(60_000) });
}

function isSettled(trial: Trial): boolean {
  const twinDone = trial.scenario.healthy.length === 0 || trial.twin?.verdict === 'healthy';
  return isNamed(trial, trial.alone?.causes[0]) && twinDone;
}

/** Applies every trial, then asks again and again until each shows what it must, or its time is over. */
export async function play(hand: ClusterHand, reader: ClusterReader, trials: readonly Trial[]): Promise<void> {
  const deadlines = new Map<Trial, number>();
  await inParallel(trials, 4, async (trial) => {
    await Promise.all([hand.createNamespace(trial.sick), hand.createNamespace(trial.healthy)]);
    await Promise.all([hand.applyAll(trial.sick, trial.scenario.sick), hand.applyAll(trial.healthy, trial.scenario.healthy)]);
    deadlines.set(trial, Date.now() + trial.scenario.seconds * 1000);
  });
  const open = (): readonly Trial[] => trials.filter((trial) => !isSettled(trial) && Date.now() < (deadlines.get(trial) ?? 0));
  for (let waiting = open(); waiting.length > 0; waiting = open()) {
    await inParallel(waiting, 3, async (trial) => {
      trial.alone = await ask(reader, trial.sick);
      trial.twin = await ask(reader, trial.healthy);
    });
    await new Promise((resolve) => setTimeout(resolve, 2000));
  }
}

/** What was said instead, short enough for a failure's message. */
export function told(diagnosis: Diagnosis | undefined): string {
  if (diagnosis === undefined) return 'never asked';
  const causes = diagnosis.causes.map((c) => `${c.rank}. ${c.code} ${c.object.kind}/${c.object.namespace}/${c.object.name}: ${c.cause}`);
  return [`verdict ${diagnosis.verdict}`, ...causes, ...diagnosis.blindSpots.map((b) => `blind: ${b.what}: ${b.why}`)].join('\n');
}
