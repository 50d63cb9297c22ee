import { join } from 'node:path';
import { bundleAgent, bundleProgram } from '../agent/agent-bundle.ts';
import type { BothBundles } from '../bot/incident-scene.ts';

/** The agent's program and the bot's. */
export async function bundlePrograms(): Promise<BothBundles> {
  const [agent, bot] = await Promise.all([
    bundleAgent(),
    bundleProgram(join(import.meta.dirname, '..', 'bot', 'bot-process.ts')),
  ]);
  const remove = (): void => {
    agent.remove();
    bot.remove();
  };
  return { agent, bot, remove };
}
