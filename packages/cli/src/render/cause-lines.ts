import { listed } from '@autodevops/domain/count-words';
import type { Cause, Evidence } from '@autodevops/domain/diagnosis';
import { refText } from '@autodevops/domain/object-ref';
import { timeAgo } from '@autodevops/domain/time-ago';
import type { Look } from '../terminal/look.ts';
import { paint, symbol } from '../terminal/paint.ts';
import type { Paint } from '../terminal/paint.ts';
import { cutTo, displayWidth, padTo } from '../terminal/width.ts';
import { hang, wrap } from '../terminal/wrap.ts';
import { commandsBeside, saysCommandOf } from './change-command.ts';
import { beginningText } from './beginning-text.ts';
import { byKind } from './by-kind.ts';

/** How much of a cause is shown. `everything` for -v. */
export interface Detail {
  readonly everything: boolean;
  /** ISO: what "ago" counts from. */
  readonly now: string;
}

const indent = '   ';
const severityPaint: Readonly<Record<Cause['severity'], Paint>> = { critical: 'red', warning: 'yellow', info: 'blue' };

export function severityWord(look: Look, severity: Cause['severity']): string {
  return paint(look, severityPaint[severity], severity);
}

function flat(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}

/** `1  critical  Image not found  Deployment shop/web` on one line, or on two where it is too narrow. */
export function headLines(cause: Cause, look: Look): readonly string[] {
  const number = padTo(String(cause.rank), 2);
  const [title, object] = [flat(cause.title), flat(refText(cause.object))];
  const width = 3 + cause.severity.length + title.length + displayWidth(object) + 6;
  const head = `${paint(look, 'bold', number)} ${severityWord(look, cause.severity)}  ${paint(look, 'bold', title)}`;
  if (width <= look.columns) return [`${head}  ${paint(look, 'cyan', object)}`];
  return [head, ...wrap(object, look.columns - indent.length).map((line) => indent + paint(look, 'cyan', line))];
}

function evidenceLine(evidence: Evidence, look: Look, detail: Detail): readonly string[] {
  const when = timeAgo(evidence.time, detail.now);
  const where = [detail.everything ? (evidence.path ?? '') : '', when].filter((part) => part !== '').join(', ');
  const label = `${indent}${symbol(look, 'bar')} ${padTo(evidence.source, 6)} `;
  const quote = flat(evidence.quote);
  const tail = where === '' ? '' : `  (${flat(where)})`;
  const room = look.columns - displayWidth(label);
  const whole = wrap(quote + tail, room);
  const fits = detail.everything || whole.length <= 2;
  const bare = wrap(quote, room);
  const shown = fits
    ? whole
    : bare.length <= 2
      ? bare
      : [bare[0] ?? '', cutTo(`${bare[1] ?? ''} ...`, room, symbol(look, 'ellipsis'))];
  return shown.map((line, i) =>
    paint(look, 'dim', (i === 0 ? label : `${indent}${symbol(look, 'bar')}${' '.repeat(8)}`) + line),
  );
}

function symptomText(cause: Cause, detail: Detail): string {
  const own = refText(cause.object);
  const symptoms = cause.symptoms.filter((s) => refText(s.object) !== own);
  if (symptoms.length === 0) return '';
  const objects = [...new Map(symptoms.map((s) => [refText(s.object), s.object])).values()];
  if (detail.everything) {
    return `${byKind(objects.map((o) => o.kind))}: ${objects.map((o) => flat(refText(o))).join(', ')}`;
  }
  if (objects.length <= 2) {
    return listed(
      objects.map((o) => flat(refText(o))),
      2,
    );
  }
  return byKind(objects.map((o) => o.kind));
}

/** A step that ends with its command: the command gets a line of its own, whole, so that it can be copied. */
function stepLines(step: string, look: Look): readonly string[] {
  const label = `${indent}${paint(look, 'green', symbol(look, 'arrow'))} `;
  const [, words, command] = /^(.*): `([^`]+)`\.?$/.exec(step) ?? [];
  if (words === undefined || command === undefined) return hang(label, step, look.columns);
  return [...hang(label, `${words}:`, look.columns), commandLine(command, look)];
}

function commandLine(command: string, look: Look): string {
  return `${indent}  ${paint(look, 'cyan', command)}`;
}

/** The first step and the second, or instead of it the one that takes a change back: that is what a hurry looks for. */
function mostWanted(sentences: readonly string[], changes: Cause['changes']): readonly string[] {
  const [first, ...others] = sentences;
  const second = others.find((step) => saysCommandOf(step, changes)) ?? others[0];
  return [first, second].filter((step) => step !== undefined);
}

function steps(cause: Cause, look: Look, detail: Detail): readonly string[] {
  const sentences = cause.nextSteps.map(flat);
  const shown = detail.everything ? sentences : mostWanted(sentences, cause.changes);
  const proposed = commandsBeside(shown, cause.changes);
  const commands = detail.everything ? proposed : proposed.slice(0, 1);
  return [...shown.flatMap((step) => stepLines(step, look)), ...commands.map((command) => commandLine(command, look))];
}

function marked(look: Look, label: string, text: string, style: Paint): readonly string[] {
  if (text === '') return [];
  return hang(`${indent}${label} `, text, look.columns).map((line, i) =>
    i === 0 ? line.replace(label, paint(look, style, label)) : line,
  );
}

/** One cause, made for reading: what, where, why, since when, who notices, what shows it, what to do, what not. */
export function causeLines(cause: Cause, look: Look, detail: Detail): readonly string[] {
  const evidence = detail.everything ? cause.evidence : cause.evidence.slice(0, 2);
  const avoid = detail.everything ? cause.avoid : cause.avoid.slice(0, 1);
  const certainty = cause.confidence === 'high' ? '' : ` (${cause.confidence} confidence)`;
  return [
    ...headLines(cause, look),
    ...hang(indent, flat(cause.cause) + certainty, look.columns),
    ...hang(indent, flat(beginningText(cause, detail.now)), look.columns).filter((line) => line.trim() !== ''),
    ...marked(look, 'Impact:', flat(cause.impact), 'bold'),
    ...evidence.flatMap((e) => evidenceLine(e, look, detail)),
    ...marked(look, symbol(look, 'plus'), symptomText(cause, detail), 'bold'),
    ...steps(cause, look, detail),
    ...avoid.flatMap((text) => marked(look, 'Avoid:', flat(text), 'yellow')),
    ...(detail.everything
      ? hang(indent, `${cause.code} ${symbol(look, 'dot')} ${cause.confidence} confidence`, look.columns).map((line) =>
          paint(look, 'dim', line),
        )
      : []),
  ];
}
