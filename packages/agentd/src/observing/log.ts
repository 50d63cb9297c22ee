import { redact } from '@autodevops/domain/redact';

const levels = ['debug', 'info', 'error'] as const;
export type Level = (typeof levels)[number];

export interface LogLine {
  readonly level: Level;
  readonly message: string;
  readonly fields: Readonly<Record<string, string | number>>;
}

export type Log = (line: LogLine) => void;

/** One JSON object a line, with secrets masked; lines below the level are left out. */
export function jsonLog(level: Level, write: (text: string) => void, now: () => number): Log {
  return (line) => {
    if (levels.indexOf(line.level) < levels.indexOf(level)) return;
    write(`${redact(JSON.stringify({ time: new Date(now()).toISOString(), level: line.level, message: line.message, ...line.fields }))}\n`);
  };
}
