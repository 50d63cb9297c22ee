import type { Cause, Diagnosis } from '@autodevops/domain/diagnosis';
import { refText } from '@autodevops/domain/object-ref';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { oneLine } from '@autodevops/domain/printable';
import { t } from '../language/translate.ts';
import { subjectOf } from '../tree/subject.ts';
import type { WindowParts } from '../window-parts.ts';

function isSame(
  cause: Cause,
  code: string,
  object: { readonly kind: string; readonly namespace: string; readonly name: string },
): boolean {
  return (
    cause.code === code &&
    cause.object.kind === object.kind &&
    cause.object.namespace === object.namespace &&
    cause.object.name === object.name
  );
}

/** The diagnosis that is in view, or one that is made now. */
export async function presentDiagnosis(
  { problems, client }: Pick<WindowParts, 'problems' | 'client'>,
  signal: AbortSignal,
): Promise<Diagnosis> {
  const state = problems.state.value;
  return state.kind === 'live' ? state.diagnosis : await (await client(signal)).diagnose({ body: {} }, { signal });
}

/** The cause that a command is about: what it was called on, as it is diagnosed now, or what the person chooses among those that fit. */
export async function chooseCause(
  parts: Pick<WindowParts, 'people' | 'problems' | 'client'>,
  argument: unknown,
  title: string,
  signal: AbortSignal,
  fits: (cause: Cause) => boolean = () => true,
): Promise<Cause | undefined> {
  const subject = subjectOf(argument);
  const { causes, information, suppressed } = await presentDiagnosis(parts, signal);
  if (subject?.type === 'cause') {
    const found = [...causes, ...information, ...suppressed].find((cause) =>
      isSame(cause, subject.code, subject.object),
    );
    if (found === undefined) {
      throw new AutoDevOpsError(
        'change.stale',
        t('It is not diagnosed any more: the cluster has changed.'),
        t('Look again.'),
      );
    }
    return found;
  }
  const fitting = causes.filter(fits);
  if (fitting.length === 0) {
    await parts.people.tell(
      'information',
      causes.length === 0
        ? t('No problem is seen now.')
        : t('For none of the present problems there is something to choose.'),
    );
    return undefined;
  }
  return await parts.people.pick(
    fitting.map((cause) => ({
      label: oneLine(cause.cause, 120),
      description: oneLine(refText(cause.object), 120),
      detail: cause.code,
      value: cause,
    })),
    { title },
  );
}
