import type { ReadableLine } from './readable-line.ts';

/** As loggers name them; those of bunyan and pino are numbers. */
const grave = new Set(['fatal', 'error', 'critical', 'emerg', 'alert', 'crit', 'panic', '50', '60', 'severe']);
const mild = new Set(['info', 'debug', 'trace', 'warn', 'warning', 'notice', '10', '20', '30', '40']);

/** The line calls itself an error or worse. */
export function isGrave({ level }: Pick<ReadableLine, 'level'>): boolean {
  return grave.has(level);
}

/** The line calls itself less than an error. Of one without a level neither is said. */
export function isMild({ level }: Pick<ReadableLine, 'level'>): boolean {
  return mild.has(level);
}
