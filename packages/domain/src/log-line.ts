import { redact } from './redact.ts';

const levels = ['debug', 'info', 'error'] as const;
export type LogLevel = (typeof levels)[number];

export interface LogLine {
  readonly level: LogLevel;
  readonly message: string;
  readonly fields: Readonly<Record<string, string | number>>;
}

export type Log = (line: LogLine) => void;

/** One JSON object a line, with secrets masked; lines below the level are left out. `now` in milliseconds. */
export function jsonLog(level: LogLevel, write: (text: string) => void, now: () => number): Log {
  return (line) => {
    if (levels.indexOf(line.level) < levels.indexOf(level)) return;
    write(
      `${redact(JSON.stringify({ time: new Date(now()).toISOString(), level: line.level, message: line.message, ...line.fields }))}\n`,
    );
  };
}
