import type { Diagnosis } from '@autodevops/domain/diagnosis';
import { formatDuration } from '@autodevops/domain/duration';
import { refKey, refText } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Answer } from '@autodevops/domain/answer';
import type { AskedBefore } from './asked-before.ts';

interface Told {
  readonly code: string;
  readonly object: ObjectRef;
}

function key({ code, object }: Told): string {
  return `${code} ${refKey(object)}`;
}

function named(list: readonly Told[]): string {
  return (
    list
      .slice(0, 3)
      .map(({ code, object }) => `${code} of ${refText(object)}`)
      .join(', ') + (list.length > 3 ? ` and ${list.length - 3} more` : '')
  );
}

/** What has become of what was told before: gone, still there, new. A sentence each; none where nothing was wrong before or now. */
export function sinceThen(before: AskedBefore, answer: Answer, diagnosis: Diagnosis): readonly string[] {
  const now = new Set(diagnosis.causes.map(key));
  const told = new Set(before.causes.map(key));
  const [stay, gone] = [
    before.causes.filter((cause) => now.has(key(cause))),
    before.causes.filter((cause) => !now.has(key(cause))),
  ];
  const fresh = answer.causes.filter((cause) => !told.has(key(cause)));
  const ago = Date.parse(diagnosis.observed.capturedAt) - Date.parse(before.time);
  const since = Number.isNaN(ago) ? 'Since you asked' : `Since you asked ${formatDuration(ago)} ago`;
  // What could not be looked at may hide what is not found.
  const isGone = diagnosis.verdict === 'inconclusive' ? 'no longer seen' : 'gone';
  const parts = [
    ...(gone.length === 0 ? [] : [`${isGone}: ${named(gone)}`]),
    ...(stay.length === 0 ? [] : [`still there: ${named(stay)}`]),
    ...(fresh.length === 0 ? [] : [`new: ${named(fresh)}`]),
  ];
  return parts.length === 0 ? [] : [`${since}: ${parts.join('; ')}.`];
}
