import { redact } from '@autodevops/domain/redact';

const levels = ['debug', 'info', 'error'] as const;
export type LogLevel = (typeof levels)[number];

export type Log = (level: LogLevel, message: string, fields?: Readonly<Record<string, string | number>>) => void;

/** Slack's tokens (`xoxb-…`, `xapp-…`, `xoxe.…`), wherever they turn up. */
const slackToken = /\bx(?:ox[a-z]|app)(?:[.-][\w.-]{6,})/g;

/** One JSON object a line, with secrets masked; lines below the level are left out. `now` in milliseconds. */
export function jsonLog(level: LogLevel, write: (text: string) => void, now: () => number): Log {
  return (of, message, fields = {}) => {
    if (levels.indexOf(of) < levels.indexOf(level)) return;
    const line = redact(JSON.stringify({ time: new Date(now()).toISOString(), level: of, message, ...fields }));
    write(`${line.replaceAll(slackToken, '[masked]')}\n`);
  };
}
