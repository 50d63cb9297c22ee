import { listOf, recordOf } from '../server/arguments.ts';

const mostOptions = 100;

/** Options of an app's answer as a menu shows them; nothing where Slack would not take the answer. */
export function validateOptions(answer: unknown): readonly Readonly<Record<string, unknown>>[] {
  const { options, option_groups: groups } = recordOf(answer);
  const all = options === undefined ? listOf(groups).flatMap((group) => listOf(group['options'])) : listOf(options);
  if (all.length > mostOptions || listOf(groups).length > mostOptions) return [];
  return all.every(isOption) ? all : [];
}

function isOption({ text, value }: Readonly<Record<string, unknown>>): boolean {
  const label = recordOf(text)['text'];
  const fits = (one: unknown, most: number): boolean =>
    typeof one === 'string' && one !== '' && [...one].length <= most;
  return fits(label, 75) && fits(value, 150);
}
