import type { BotApp, BotConfiguration } from './bot-configuration.ts';

/** The app of a configuration that has this id. */
export function appNamed(configuration: BotConfiguration, id: string): BotApp | undefined {
  return configuration.apps.find((app) => app.id === id);
}
