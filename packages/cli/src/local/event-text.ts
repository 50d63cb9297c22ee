import { counted } from '@autodevops/domain/count-words';
import type { LocalEvent } from '@autodevops/domain/local-cluster';
import { cleared } from '../render/cleared.ts';
import type { Look } from '../terminal/look.ts';
import { paint, symbol } from '../terminal/paint.ts';
import { hang } from '../terminal/wrap.ts';

/** `0.4 s`, `12 s`, `2 min 5 s`. */
export function secondsText(ms: number): string {
  const seconds = ms / 1000;
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  return whole < 100 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

function noteLines(says: string, remedy: string, look: Look): readonly string[] {
  return [
    ...hang(`${paint(look, 'yellow', symbol(look, 'note'))}  `, says, look.columns),
    ...(remedy === '' ? [] : hang(`   ${symbol(look, 'arrow')} `, remedy, look.columns)),
  ];
}

/** The lines that stay of an event; none for what only shows for a while. */
export function eventLines(given: LocalEvent, look: Look): readonly string[] {
  const event = cleared(given);
  switch (event.type) {
    case 'plan':
      if (event.steps.length < 2) return [];
      return [
        `${counted(event.steps.length, 'step')}${event.estimateMs === null ? '' : `, about ${secondsText(event.estimateMs)} (as the last time)`}:`,
      ];
    case 'step-done':
      return hang(
        `${paint(look, 'green', symbol(look, 'fine'))}  `,
        `${event.says} ${paint(look, 'dim', `(${secondsText(event.ms)})`)}`,
        look.columns,
      );
    case 'note':
      return noteLines(event.says, event.remedy, look);
    default:
      return [];
  }
}

/** What goes on, for a line that is drawn anew; undefined where nothing does. */
export function goingOn(given: LocalEvent): string | undefined {
  const event = cleared(given);
  if (event.type === 'step-started') {
    return `${event.says}${event.estimateMs === null ? '' : `, about ${secondsText(event.estimateMs)}`}`;
  }
  if (event.type === 'step-progress') {
    return event.total > 0 && !/\d+ of \d+/.test(event.says)
      ? `${event.says}, ${event.done} of ${event.total}`
      : event.says;
  }
  return undefined;
}
