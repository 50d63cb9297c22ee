import { oneLine } from '@autodevops/domain/printable';
import type { ChangeState } from '@autodevops/domain/change/change';
import { t } from '../language/translate.ts';
import { subjectOf } from '../tree/subject.ts';
import type { WindowParts } from '../window-parts.ts';

/** The change that a command is about: what it was called on, or what the person chooses among those in such a state. */
export async function chooseChange(
  { people, client }: Pick<WindowParts, 'people' | 'client'>,
  argument: unknown,
  title: string,
  signal: AbortSignal,
  states?: readonly ChangeState[],
): Promise<string | undefined> {
  const subject = subjectOf(argument);
  if (subject?.type === 'change') return subject.id;
  const { changes } = await (await client(signal)).changes({ query: { limit: 100 } }, { signal });
  const fitting = changes.filter(({ state }) => states === undefined || states.includes(state));
  if (fitting.length === 0) {
    await people.tell(
      'information',
      changes.length === 0 ? t('Nothing was proposed yet.') : t('No change stands so that this could be done.'),
    );
    return undefined;
  }
  return await people.pick(
    fitting.map(({ id, will, says, state }) => ({
      label: oneLine(will.join('; '), 120),
      description: state,
      detail: `${id}: ${oneLine(says, 160)}`,
      value: id,
    })),
    { title },
  );
}
