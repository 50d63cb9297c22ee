import type { LocalEvent, LocalStatus, LocalStep } from '@autodevops/domain/local-cluster';
import { asRemedy } from '@autodevops/domain/remedy/remedy';
import type { RemedyParts } from '@autodevops/domain/remedy/remedy-step';
import type { StateFolder, StepTimes } from './state-folder.ts';
import { stepWords } from './step-words.ts';

/** Tells a run's steps as they go. One step goes on at a time: to begin one is to end the one before. */
export interface StepLog {
  readonly plan: (steps: readonly LocalStep[]) => void;
  readonly begin: (step: LocalStep) => void;
  readonly tell: (says: string, done?: number, total?: number) => void;
  readonly note: (says: string, remedy: string | RemedyParts) => void;
  /** Ends the step that goes on, and the run. */
  readonly done: (says: string, status: LocalStatus) => void;
}

export interface StepLogParts {
  readonly verb: string;
  /** Of the last runs. */
  readonly times: StepTimes;
  /** In milliseconds, only ever later. */
  readonly now: () => number;
  readonly emit: (event: LocalEvent) => void;
}

interface Current {
  readonly step: LocalStep;
  readonly since: number;
}

/** All of them, where each is known. */
function sum(estimates: readonly (number | null)[]): number | null {
  return estimates.reduce<number | null>((total, one) => (total === null || one === null ? null : total + one), 0);
}

/** The log, and the times of the steps that came to their end. */
export function stepLog({ verb, times, now, emit }: StepLogParts): {
  readonly log: StepLog;
  readonly took: () => StepTimes;
} {
  const began = now();
  const took: Record<string, number> = {};
  let current: Current | undefined;
  const key = (step: LocalStep): string => `${verb}/${step}`;
  const estimate = (step: LocalStep): number | null => times[key(step)] ?? null;
  const end = (): void => {
    if (current === undefined) return;
    const ms = now() - current.since;
    took[key(current.step)] = (took[key(current.step)] ?? 0) + ms;
    emit({ type: 'step-done', step: current.step, says: stepWords[current.step].done, ms });
    current = undefined;
  };
  const log: StepLog = {
    plan: (steps) => {
      const planned = steps.map((step) => ({ step, says: stepWords[step].doing, estimateMs: estimate(step) }));
      emit({ type: 'plan', steps: planned, estimateMs: sum(planned.map(({ estimateMs }) => estimateMs)) });
    },
    begin: (step) => {
      if (current?.step === step) return;
      end();
      current = { step, since: now() };
      emit({ type: 'step-started', step, says: stepWords[step].doing, estimateMs: estimate(step) });
    },
    tell: (says, done = 0, total = 0) => {
      if (current !== undefined) emit({ type: 'step-progress', step: current.step, says, done, total });
    },
    note: (says, remedy) =>
      emit({ type: 'note', says, ...(typeof remedy === 'string' ? { remedy } : asRemedy(remedy)) }),
    done: (says, status) => {
      end();
      emit({ type: 'done', says, ms: now() - began, status });
    },
  };
  return { log, took: () => took };
}

/** Keeps what was measured for the next estimates; what was not done this time stays as it was. */
export async function keepTimes(folder: StateFolder, took: StepTimes): Promise<void> {
  if (Object.keys(took).length === 0) return;
  await folder.keepTimes({ ...(await folder.times()), ...took });
}
