import { AutoDevOpsError } from '@autodevops/domain/errors';
import { readBotFile } from './process/bot-file.ts';
import { runBot } from './process/run-bot.ts';

/** The bot as a container runs it: `main.ts [FILE]`, or AUTODEVOPS_BOT_CONFIG, until SIGTERM. */
const ending = new AbortController();
for (const name of ['SIGTERM', 'SIGINT'] as const) process.once(name, () => ending.abort());

try {
  const file = process.argv[2] ?? (process.env['AUTODEVOPS_BOT_CONFIG'] || 'bot-config.yaml');
  await runBot(
    { ...(await readBotFile(file)), environment: process.env, writeLog: (text) => void process.stderr.write(text) },
    ending.signal,
  );
} catch (error) {
  if (!(error instanceof AutoDevOpsError)) throw error;
  process.stderr.write(`Error: ${error.message}\n${error.remedy}\n`);
  process.exitCode = error.exit;
}
