import { jsonLog } from '@autodevops/domain/log-line';
import type { LogLevel } from '@autodevops/domain/log-line';

export type Log = (level: LogLevel, message: string, fields?: Readonly<Record<string, string | number>>) => void;

/** The log of the bot; secrets in it are masked. `now` in milliseconds. */
export function botLog(least: LogLevel, write: (text: string) => void, now: () => number): Log {
  const log = jsonLog(least, write, now);
  return (level, message, fields = {}) => log({ level, message, fields });
}
