import { startBot } from '../compose.ts';
import type { BotFile } from './bot-file.ts';

export interface RunChoice extends BotFile {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly writeLog: (text: string) => void;
  readonly started?: (flaw: string | undefined) => void;
}

/** Is the bot until the signal; then takes nothing new, and ends what is at work. */
export async function runBot({ started, ...choice }: RunChoice, signal: AbortSignal): Promise<void> {
  const bot = await startBot(choice);
  try {
    started?.(await bot.flaw());
    if (!signal.aborted) {
      await new Promise<void>((done) => {
        signal.addEventListener('abort', () => done(), { once: true });
      });
    }
  } finally {
    await bot.stop();
  }
}
