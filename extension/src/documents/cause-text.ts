import type { Cause } from '@autodevops/domain/diagnosis';
import { refText } from '@autodevops/domain/object-ref';
import { printable } from '@autodevops/domain/printable';
import { beginningText } from '../language/beginning-text.ts';
import { t } from '../language/translate.ts';
import { section, textOf } from './lines.ts';

/** One cause, whole: what is wrong, on what that rests, and what to do. Plain text. */
export function causeLines(cause: Cause): readonly string[] {
  const {
    title,
    cause: says,
    object,
    severity,
    confidence,
    since,
    impact,
    evidence,
    symptoms,
    nextSteps,
    avoid,
    code,
  } = cause;
  const began = beginningText(cause);
  const quotes = evidence.map(
    (one) =>
      `"${one.quote}"\n  ${[one.source, refText(one.object), one.path ?? '', one.time].filter((part) => part !== '').join(', ')}`,
  );
  return [
    printable(title),
    printable(says),
    '',
    `${printable(refText(object))} · ${severity} · ${t('confidence {0}', confidence)} · ${code}`,
    ...(since === '' ? [] : [t('Since {0}', since)]),
    ...(began === '' ? [] : [printable(began)]),
    ...(impact === '' ? [] : [printable(impact)]),
    ...section(t('Evidence'), quotes),
    ...section(
      t('Symptoms'),
      symptoms.map((one) => `${refText(one.object)} (${one.code})`),
    ),
    ...section(t('What to do'), nextSteps),
    ...section(t('What not to do'), avoid),
  ];
}

export function causeText(cause: Cause): string {
  return textOf(causeLines(cause));
}
