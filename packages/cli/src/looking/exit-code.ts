import type { Diagnosis } from '@autodevops/domain/diagnosis';

export const failOnChoices = ['problem', 'critical', 'inconclusive', 'never'] as const;
export type FailOn = (typeof failOnChoices)[number];

/** 0 healthy, 1 problem, 2 inconclusive; verdicts that are not to fail give 0. `critical`: problems that are critical only. */
export function exitCodeOf(diagnosis: Diagnosis, failOn: readonly FailOn[]): number {
  if (failOn.includes('never')) return 0;
  if (diagnosis.verdict === 'inconclusive') return failOn.includes('inconclusive') ? 2 : 0;
  if (diagnosis.verdict !== 'problem') return 0;
  if (failOn.includes('problem')) return 1;
  return failOn.includes('critical') && diagnosis.causes.some((cause) => cause.severity === 'critical') ? 1 : 0;
}
