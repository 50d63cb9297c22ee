import { asRemedy } from '@autodevops/domain/remedy/remedy';
import type { RemedyParts } from '@autodevops/domain/remedy/remedy-step';
import type { Reply } from './intent.ts';

/** Lines of a reply, of which those in parts name what a person can do next; `before`: a reply whose lines are among them. */
export function remedyLines(
  lines: readonly (string | RemedyParts)[],
  before: Pick<Reply, 'remedies'> = {},
): Pick<Reply, 'lines' | 'remedies'> {
  const remedies = lines.flatMap((line) => (typeof line === 'string' ? [] : [asRemedy(line)]));
  const told = lines.map((line) => (typeof line === 'string' ? line : asRemedy(line).remedy));
  const all = [...(before.remedies ?? []), ...remedies];
  return { lines: told, ...(all.length === 0 ? {} : { remedies: all }) };
}
