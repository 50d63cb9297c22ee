import { readSettings } from '@autodevops/agentd/yaml-settings';
import { BotConfiguration } from './bot-configuration.ts';

/** Reads `bot-config.yaml`. Throws `config.invalid` with every mistake, its line and what may have been meant. */
export function readBotConfiguration(text: string, file: string): BotConfiguration {
  return readSettings(BotConfiguration, text, file, 'Correct these lines; docs/slack.md shows a whole configuration.');
}
