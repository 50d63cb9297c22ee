import type { Answer } from '../answer.ts';
import type { Remedy } from './remedy.ts';

/** The lines of an answer; those that name what a person can do next, as a surface tells it. */
export function linesToldBy(
  tell: (remedy: Remedy) => string,
  { lines, remedies = [] }: Pick<Answer, 'lines' | 'remedies'>,
): readonly string[] {
  const told = new Map(remedies.map((one) => [one.remedy, tell(one)]));
  return lines.map((line) => told.get(line) ?? line);
}
