import type { RemedyParts, RemedyStep } from './remedy-step.ts';

/** The step of that name, with what it holds. */
export type StepOf<D extends RemedyStep['do']> = RemedyStep & { readonly do: D };

/** What there is for every step: all of them, so that one that is missing does not compile. */
export type OfEveryStep<T> = { readonly [D in RemedyStep['do']]: (step: StepOf<D>) => T };

/** What a surface calls every step. */
export type StepNames = OfEveryStep<string>;

/** What there is for this one. */
export function ofStep<T>(every: OfEveryStep<T>, step: RemedyStep): T {
  return (every[step.do] as (step: RemedyStep) => T)(step);
}

/** A sentence as a surface tells it. */
export function toldBy(names: StepNames, parts: Readonly<RemedyParts>): string {
  return parts.map((part) => (typeof part === 'string' ? part : ofStep(names, part))).join('');
}

/** The steps that a sentence names, in its order. */
export function stepsIn(parts: Readonly<RemedyParts>): readonly RemedyStep[] {
  return parts.filter((part) => typeof part !== 'string');
}
