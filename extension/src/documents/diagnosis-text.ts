import type { Cause, Diagnosis } from '@autodevops/domain/diagnosis';
import { refText } from '@autodevops/domain/object-ref';
import { printable } from '@autodevops/domain/printable';
import { t } from '../language/translate.ts';
import { blindSpotText } from '../problems/blind-spot-text.ts';
import { causeLines } from './cause-text.ts';
import { section, textOf } from './lines.ts';

/** Narrower than most editors, so that it stays one line. */
const rule = '─'.repeat(32);

function short({ cause, object }: Pick<Cause, 'cause' | 'object'>): string {
  return `${cause} (${refText(object)})`;
}

/** A diagnosis as a page of plain text: the verdict, every cause with its evidence, and what could not be seen. */
export function diagnosisText({ summary, observed, causes, information, blindSpots }: Diagnosis): string {
  const below = [
    ...section(t('Information'), information.map(short)),
    ...section(t('Not seen'), blindSpots.map(blindSpotText)),
  ];
  return textOf([
    printable(summary),
    t('{0}, looked at {1}', printable(observed.source), observed.capturedAt),
    ...causes.flatMap((cause) => ['', rule, ...causeLines(cause)]),
    ...(causes.length > 0 && below.length > 0 ? ['', rule] : []),
    ...below,
  ]);
}
