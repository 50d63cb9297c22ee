import type { Answer } from '@autodevops/domain/answer';
import { remedyInSlack } from '../text/names-in-slack.ts';

/** The lines of an answer; those that name what somebody can do, as he does it in Slack. */
export function linesInSlack({ lines, remedies = [] }: Pick<Answer, 'lines' | 'remedies'>): readonly string[] {
  const told = new Map(remedies.map((one) => [one.remedy, remedyInSlack(one)]));
  return lines.map((line) => told.get(line) ?? line);
}
