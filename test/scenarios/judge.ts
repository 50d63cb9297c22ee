import { randomBytes } from 'node:crypto';
import { conclude } from '../../agent-core/src/jamie/conclusion.ts';
import { diagnose, look } from '../../agent-core/src/jamie/diagnose.ts';
import { snapshotRequest } from '../../agent-core/src/jamie/snapshot-request.ts';
import { logsWanted } from '../../agent-core/src/jamie/signals/log-wants.ts';
import type { Cause, Diagnosis } from '../../packages/domain/src/diagnosis.ts';
import type { ClusterReader } from '../../packages/domain/src/ports/cluster.ts';
import type { ClusterHand } from './cluster-hand.ts';
import type { Manifest, Scenario } from './scenario.ts';

/** One scenario on its way: its two namespaces and the last answers about them. */
export interface Trial {
  readonly scenario: Scenario;
  sick: string;
  healthy: string;
  /** When everything was applied, and why it could not be. */
  applied: number;
  failure: string;
  alone: Diagnosis | undefined;
  twin: Diagnosis | undefined;
  /** The last answer about the whole cluster. */
  whole: Diagnosis | undefined;
}

/** A new connection, as every run of the command line makes one: an old one may not know of kinds that were defined since. */
export type Open = () => Promise<ClusterReader>;

/** Whom a whole-cluster answer is for: nobody (everything), or one namespace. */
type Answer = (namespace?: string) => Diagnosis;

/** Names that tell nothing: a rule must not be able to read the fault in them. */
function neutralName(): string {
  return `n${randomBytes(4).toString('hex')}`;
}

export function prepare(scenarios: readonly Scenario[]): Trial[] {
  return scenarios.map((scenario) => ({
    scenario,
    sick: neutralName(),
    healthy: neutralName(),
    applied: 0,
    failure: '',
    alone: undefined,
    twin: undefined,
    whole: undefined,
  }));
}

/** Runs jobs with at most `width` at once. */
export async function inParallel<T>(
  items: readonly T[],
  width: number,
  job: (item: T) => Promise<void>,
): Promise<void> {
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

/** The real question about one namespace. */
export async function ask(open: Open, namespace: string): Promise<Diagnosis> {
  const reader = await open();
  try {
    return await diagnose(reader, { namespaces: [namespace] }, { signal: AbortSignal.timeout(60_000) });
  } finally {
    await reader.close();
  }
}

/** Reads the whole cluster once, with every log that a finding of any namespace points at; then any answer is free. */
export async function survey(open: Open): Promise<Answer> {
  const signal = AbortSignal.timeout(120_000);
  const reader = await open();
  try {
    const objects = await reader.snapshot(snapshotRequest(), { signal });
    const logs = await reader.logs(logsWanted(objects, look(objects).findings, 2000), { signal });
    const snapshot = objects.withLogs(logs);
    const looked = look(snapshot);
    return (namespace) => conclude(snapshot, looked, namespace === undefined ? {} : { namespaces: [namespace] });
  } finally {
    await reader.close();
  }
}

/** Whether the answer about the sick namespace says what the scenario wants first. */
export function showsFault(trial: Trial): boolean {
  const { alone, whole, scenario } = trial;
  if (alone === undefined || whole === undefined) return false;
  if (scenario.wholeCluster) return whole.causes.some((cause) => isNamed(trial, cause));
  const first = alone.causes[0];
  if (!scenario.information) {
    return (
      isNamed(trial, first) &&
      (scenario.symptom === '' || first?.symptoms.some((s) => s.code === scenario.symptom) === true)
    );
  }
  return alone.verdict === 'healthy' && alone.information.some((cause) => isNamed(trial, cause));
}

export function isTwinWell(trial: Trial): boolean {
  return trial.scenario.healthy.length === 0 || trial.twin?.verdict === 'healthy';
}

/** A twin is asked about when its pods had time to start: before, "healthy" would prove nothing. */
const startingTime = 20_000;

async function applyTrial(hand: ClusterHand, trial: Trial): Promise<void> {
  try {
    await Promise.all([
      hand.applyAll(trial.sick, trial.scenario.sick),
      hand.applyAll(trial.healthy, trial.scenario.healthy),
    ]);
  } catch (error) {
    trial.failure = error instanceof Error ? error.message : 'it could not be applied';
  }
  trial.applied = Date.now();
}

/** Whether the answer about the whole cluster, with every other fault in it, has the fault above the line. */
export function showsAmongMany(trial: Trial): boolean {
  const { whole, scenario, sick } = trial;
  return (
    whole?.causes.some(
      (cause) =>
        isNamed(trial, cause) || cause.symptoms.some((s) => s.code === scenario.code && s.object.namespace === sick),
    ) === true
  );
}

/** Whether it shows all that it must. */
function isRight(trial: Trial): boolean {
  return (
    trial.failure === '' &&
    showsFault(trial) &&
    isTwinWell(trial) &&
    (trial.scenario.information || showsAmongMany(trial))
  );
}

/** Where trials are played. */
export interface Stage {
  readonly hand: ClusterHand;
  readonly open: Open;
  /** Told after each look who is still waited for. */
  readonly onLook?: (waiting: readonly Trial[]) => void;
}

/** Applies every trial, then looks again and again until each shows what it must, or its time is over. */
export async function play({ hand, open, onLook }: Stage, trials: readonly Trial[]): Promise<void> {
  await hand.createNamespaces(trials.flatMap((trial) => [trial.sick, trial.healthy]));
  const isOpen = (trial: Trial): boolean =>
    trial.failure === '' &&
    !(showsFault(trial) && isTwinWell(trial)) &&
    Date.now() < trial.applied + trial.scenario.seconds * 1000;
  await inParallel(trials, 5, (trial) => applyTrial(hand, trial));
  await new Promise((resolve) => setTimeout(resolve, startingTime));
  for (;;) {
    const answer = await survey(open);
    const whole = answer();
    for (const trial of trials) {
      trial.alone = answer(trial.sick);
      trial.twin = answer(trial.healthy);
      trial.whole = whole;
    }
    const waiting = trials.filter(isOpen);
    onLook?.(waiting);
    if (waiting.length === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 5000));
  }
}

/** How often what was missed is played anew. */
const encores = 2;

/**
 * With hundreds of pods on one small machine a kubelet now and then starts or tells something too late. What was missed
 * is played again, in new namespaces, when the old ones are gone, and so with less company; what it shows then counts.
 */
export async function playMissesAgain(stage: Stage, trials: readonly Trial[]): Promise<void> {
  for (let encore = 0; encore < encores; encore += 1) {
    const missed = trials.filter((trial) => !isRight(trial));
    if (missed.length === 0) return;
    process.stderr.write(`played again: ${missed.map(({ scenario }) => scenario.name).join(', ')}\n`);
    await stage.hand.remove(leftovers(missed));
    await stage.hand.gone(missed.flatMap((trial) => [trial.sick, trial.healthy]));
    const again = prepare(missed.map(({ scenario }) => scenario));
    await play(stage, again);
    again.forEach((trial, index) => Object.assign(missed[index] as Trial, trial));
  }
}

/** What `remove` wants to know. */
export function leftovers(trials: readonly Trial[]): ReadonlyMap<string, readonly Manifest[]> {
  return new Map(
    trials.flatMap(({ scenario, sick, healthy }) => [
      [sick, scenario.sick] as const,
      [healthy, scenario.healthy] as const,
    ]),
  );
}

/** What was said instead, short enough for a failure's message. */
export function told(diagnosis: Diagnosis | undefined): string {
  if (diagnosis === undefined) return 'never asked';
  const causes = diagnosis.causes.map(
    (c) => `${c.rank}. ${c.code} ${c.object.kind}/${c.object.namespace}/${c.object.name}: ${c.cause}`,
  );
  const information = diagnosis.information.map(
    (c) => `information: ${c.code} ${c.object.kind}/${c.object.namespace}/${c.object.name}: ${c.cause}`,
  );
  return [
    `verdict ${diagnosis.verdict}`,
    ...causes,
    ...information,
    ...diagnosis.blindSpots.map((b) => `blind: ${b.what}: ${b.why}`),
  ].join('\n');
}

/** What a trial wants to be told. */
export function wanted({ scenario, sick }: Trial): string {
  const symptom = scenario.symptom === '' ? '' : ` with symptom ${scenario.symptom}`;
  return `wanted ${scenario.code} ${scenario.object.replaceAll('$NS', sick)}${symptom}${scenario.information ? ' as information' : ''}`;
}
