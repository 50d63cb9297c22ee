import { counted, listed } from '@autodevops/domain/count-words';
import type { Cause, Diagnosis } from '@autodevops/domain/diagnosis';
import { refText } from '@autodevops/domain/object-ref';
import type { Look } from '../terminal/look.ts';
import { paint, plainAscii, symbol } from '../terminal/paint.ts';
import type { Paint } from '../terminal/paint.ts';
import { cutTo, padTo } from '../terminal/width.ts';
import { hang, wrap } from '../terminal/wrap.ts';
import { blindLines } from './blind-lines.ts';
import { causeLines, severityWord } from './cause-lines.ts';
import type { Detail } from './cause-lines.ts';
import { cleared } from './cleared.ts';

export interface TextOptions {
  readonly verbose: boolean;
  /** What to type next, best first. */
  readonly hints: readonly string[];
}

const verdictPaint: Readonly<Record<Diagnosis['verdict'], Paint>> = {
  problem: 'red',
  healthy: 'green',
  inconclusive: 'yellow',
};

/** Where a screen's height is not known. */
const screen = 56;
const mostInFull = 5;
const mostBriefly = 12;

function place(diagnosis: Diagnosis): string {
  const { cluster, source, namespaces } = diagnosis.observed;
  const where = source || cluster || 'this cluster';
  if (namespaces.length === 0) return where;
  return `${namespaces.length === 1 ? 'namespace' : 'namespaces'} ${listed(namespaces, 3)} of ${where}`;
}

function verdictText(diagnosis: Diagnosis): string {
  const { verdict, causes, summary } = diagnosis;
  if (verdict === 'problem') return `${counted(causes.length, 'problem')} in ${place(diagnosis)}`;
  if (verdict === 'healthy') return `Healthy: ${place(diagnosis)}. ${summary}`;
  return `Inconclusive: ${place(diagnosis)}. ${summary}`;
}

function verdictLines(diagnosis: Diagnosis, look: Look): readonly string[] {
  const style = verdictPaint[diagnosis.verdict];
  const mark = symbol(look, diagnosis.verdict);
  return hang(`${mark} `, verdictText(diagnosis), look.columns).map((line) =>
    paint(look, 'bold', paint(look, style, line)),
  );
}

/** One line for a cause that is not shown in full. */
function briefLine(cause: Cause, look: Look): string {
  const text = `${cause.title}: ${refText(cause.object)}`.replaceAll(/\s+/g, ' ');
  return `${paint(look, 'bold', padTo(String(cause.rank), 2))} ${padTo(severityWord(look, cause.severity), 8)}  ${cutTo(text, look.columns - 14, symbol(look, 'ellipsis'))}`;
}

/** Causes in full while they fit the screen (the first always does), the others in one line each. */
function causesLines(diagnosis: Diagnosis, look: Look, detail: Detail): readonly string[] {
  const room = (look.rows ?? screen) - 8;
  const lines: string[] = [];
  let inFull = 0;
  for (const cause of diagnosis.causes) {
    const block = causeLines(cause, look, detail);
    const rest = Math.min(mostBriefly, diagnosis.causes.length - inFull - 1);
    const fits = inFull === 0 || (inFull < mostInFull && lines.length + block.length + 1 + rest <= room);
    if (!detail.everything && !fits) break;
    lines.push('', ...block);
    inFull += 1;
  }
  const brief = diagnosis.causes.slice(inFull);
  if (brief.length === 0) return lines;
  const more = brief.length > mostBriefly ? [`${' '.repeat(3)}and ${brief.length - mostBriefly} more`] : [];
  return [...lines, '', ...brief.slice(0, mostBriefly).map((cause) => briefLine(cause, look)), ...more];
}

function informationLines(diagnosis: Diagnosis, look: Look, everything: boolean): readonly string[] {
  const { information } = diagnosis;
  if (information.length === 0) return [];
  const shown = everything ? information : information.slice(0, 3);
  const lines = shown.map((cause) => {
    const named = cause.cause.includes(cause.object.name) ? cause.cause : `${refText(cause.object)}: ${cause.cause}`;
    const text = named.replaceAll(/\s+/g, ' ');
    return everything
      ? hang(`${symbol(look, 'note')}  `, text, look.columns)
      : [`${symbol(look, 'note')}  ${cutTo(text, look.columns - 4, symbol(look, 'ellipsis'))}`];
  });
  const more = information.length - shown.length;
  return [
    '',
    paint(look, 'dim', 'For information'),
    ...lines.flat(),
    ...(more > 0 ? [paint(look, 'dim', `   and ${more} more (-v)`)] : []),
  ];
}

function suppressedLines(diagnosis: Diagnosis, look: Look, everything: boolean): readonly string[] {
  const { suppressed } = diagnosis;
  if (suppressed.length === 0) return [];
  if (!everything) return ['', paint(look, 'dim', `${counted(suppressed.length, 'known problem')} suppressed (-v)`)];
  const lines = suppressed.flatMap(({ title, object, suppression }) =>
    hang(
      '   ',
      `${title}  ${refText(object)}: ${suppression.reason} (${suppression.owner}, until ${suppression.expires})`,
      look.columns,
    ),
  );
  return ['', paint(look, 'dim', 'Suppressed'), ...lines];
}

const shownKinds = ['Pod', 'Deployment', 'StatefulSet', 'DaemonSet', 'Service', 'Node', 'Event'] as const;

function lookedAt(diagnosis: Diagnosis): string {
  const { objects, logs, milliseconds, serverVersion } = diagnosis.observed;
  const kinds = shownKinds.flatMap((kind) => (objects[kind] === undefined ? [] : [counted(objects[kind], kind)]));
  const all = Object.values(objects).reduce((sum, count) => sum + count, 0);
  const seconds = milliseconds < 950 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(1)} s`;
  const version = serverVersion === '' ? '' : `, Kubernetes ${serverVersion}`;
  if (all === 0) return `No object could be read (${seconds}${version}).`;
  return `Looked at ${listed([...kinds, ...(logs === 0 ? [] : [counted(logs, 'log')])], 9)} (${counted(all, 'object')}) in ${seconds}${version}.`;
}

function footer(diagnosis: Diagnosis, look: Look, options: TextOptions): readonly string[] {
  const looked = wrap(lookedAt(diagnosis), look.columns);
  const next =
    options.hints.length === 0 ? [] : hang('Next: ', options.hints.join(` ${symbol(look, 'dot')} `), look.columns);
  return ['', ...[...looked, ...next].map((line) => paint(look, 'dim', line))];
}

/** A diagnosis made for reading: the verdict first, then one screen unless `verbose`. */
export function renderText(diagnosis: Diagnosis, look: Look, options: TextOptions): string {
  const safe = cleared(diagnosis);
  const detail: Detail = { everything: options.verbose, now: safe.observed.capturedAt };
  const lines = [
    ...verdictLines(safe, look),
    ...causesLines(safe, look, detail),
    ...informationLines(safe, look, options.verbose),
    ...suppressedLines(safe, look, options.verbose),
    ...blindLines(safe.blindSpots, look, options.verbose),
    ...footer(safe, look, options),
  ];
  const text = `${lines.join('\n')}\n`;
  return look.unicode ? text : plainAscii(text);
}
