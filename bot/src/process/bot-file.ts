import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import type { BotConfiguration } from '../configuration/bot-configuration.ts';
import { readBotConfiguration } from '../configuration/read-bot-configuration.ts';

export interface BotFile {
  readonly configuration: BotConfiguration;
  readonly folder: string;
}

/** Reads a configuration's file. Throws `config.invalid`. */
export async function readBotFile(file: string): Promise<BotFile> {
  const path = resolve(file);
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new AutoDevOpsError(
      'config.invalid',
      `${path} cannot be read (${error.code ?? 'unknown'}).`,
      "Name the bot's configuration by --config.",
      { cause: error },
    );
  });
  return { configuration: readBotConfiguration(text, file), folder: dirname(path) };
}
