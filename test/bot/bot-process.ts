// A bot as a process of its own. Its one argument says from what, as JSON (`BotBirth`). It prints one line when it runs,
// or one with why it does not, and lives until SIGTERM.
import { flushCompileCache } from 'node:module';
import { startBot } from '../../bot/src/compose.ts';
import { BotConfiguration } from '../../bot/src/configuration/bot-configuration.ts';
import type { FollowPace } from '../../bot/src/following/following.ts';
import { AutoDevOpsError } from '../../packages/domain/src/errors.ts';

export interface BotBirth {
  /** The configuration document, as a file would hold it. */
  readonly configuration: unknown;
  readonly folder: string;
  readonly pace: FollowPace;
}

function say(line: object): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

try {
  const { configuration, folder, pace } = JSON.parse(process.argv[2] ?? '') as BotBirth;
  const bot = await startBot({
    configuration: BotConfiguration.parse(configuration),
    folder,
    pace,
    environment: {},
    writeLog: (text) => void process.stderr.write(text),
  });
  process.once('SIGTERM', () => void bot.stop().then(() => process.exit(0)));
  say({ address: `http://127.0.0.1:${bot.port ?? 0}` });
  flushCompileCache();
} catch (error) {
  say(
    error instanceof AutoDevOpsError
      ? { code: error.code, says: error.message }
      : { code: 'internal', says: error instanceof Error ? (error.stack ?? error.message) : String(error) },
  );
  process.exit(1);
}
