import { LogLevel } from '@slack/web-api';
import type { Logger } from '@slack/web-api';
import type { Log } from './log.ts';

/** Where Slack's libraries log: their warnings and errors, without what they quote of payloads below that. */
export function slackLogger(log: Log): Logger {
  const told = (messages: readonly unknown[]): string =>
    messages
      .map((message) => (message instanceof Error ? message.message : String(message)))
      .join(' ')
      .slice(0, 500);
  return {
    debug: () => {},
    info: () => {},
    warn: (...messages) => log('debug', told(messages)),
    error: (...messages) => log('info', told(messages)),
    setLevel: () => {},
    getLevel: () => LogLevel.WARN,
    setName: () => {},
  };
}
