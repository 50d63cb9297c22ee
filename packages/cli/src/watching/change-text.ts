import { counted } from '@autodevops/domain/count-words';
import type { Cause } from '@autodevops/domain/diagnosis';
import { formatDuration } from '@autodevops/domain/duration';
import { refText } from '@autodevops/domain/object-ref';
import { cleared } from '../render/cleared.ts';
import type { Look } from '../terminal/look.ts';
import { paint, plainAscii } from '../terminal/paint.ts';
import type { Paint } from '../terminal/paint.ts';
import { hang } from '../terminal/wrap.ts';
import { reach } from './diagnosis-change.ts';
import type { DiagnosisChange } from './diagnosis-change.ts';

const marks: Readonly<Record<DiagnosisChange['what'], readonly [string, Paint]>> = {
  appeared: ['+ new', 'red'],
  worse: ['! worse', 'yellow'],
  better: ['~ better', 'cyan'],
  resolved: ['- gone', 'green'],
  verdict: ['= now', 'bold'],
};

function named(cause: Cause): string {
  return `${cause.title}: ${refText(cause.object)}`.replaceAll(/\s+/g, ' ');
}

function difference(before: Cause, after: Cause): string {
  if (before.severity !== after.severity) return `${before.severity} before, ${after.severity} now`;
  return `${counted(reach(after), 'object')} affected beside its pods, ${reach(before)} before`;
}

function lasted(cause: Cause, now: string): string {
  const time = Date.parse(now) - Date.parse(cause.since);
  return Number.isNaN(time) ? '' : ` (after ${formatDuration(time)})`;
}

function sentence(change: DiagnosisChange, now: string): string {
  switch (change.what) {
    case 'verdict':
      return `${change.verdict} (${change.before} before)`;
    case 'appeared':
      return `${change.cause.severity}: ${named(change.cause)}. ${change.cause.cause}`;
    case 'resolved':
      return named(change.cause) + lasted(change.cause, now);
    default:
      return `${named(change.cause)}: ${difference(change.before, change.cause)}.`;
  }
}

/** `12:04:31  + new   critical: ...`, one entry for each change; times are the viewer's own. */
export function changeText(changes: readonly DiagnosisChange[], look: Look, now: string): string {
  const at = new Date(now);
  const clock = [at.getHours(), at.getMinutes(), at.getSeconds()]
    .map((part) => String(part).padStart(2, '0'))
    .join(':');
  const lines = cleared(changes).flatMap((change) => {
    const [mark, style] = marks[change.what];
    const label = `${clock}  ${mark.padEnd(8)}  `;
    return hang(label, sentence(change, now).replaceAll(/\s+/g, ' '), look.columns).map((line, i) =>
      i === 0 ? line.replace(mark, paint(look, style, mark)) : line,
    );
  });
  const text = lines.map((line) => `${line}\n`).join('');
  return look.unicode ? text : plainAscii(text);
}

/** One JSON object a line. */
export function changeRecords(changes: readonly DiagnosisChange[], now: string): readonly unknown[] {
  return changes.map((change) => ({ schemaVersion: 1, time: now, ...change }));
}
