import { AutoDevOpsError } from '@autodevops/domain/errors';

/** The oldest Node that Slack's Socket Mode client runs on (by way of undici 8). */
const oldest = [22, 19] as const;

/** Throws `store.unavailable` where the bot could not run. `version` as Node says it: `v22.19.0`. */
export function requireBotNode(version: string): void {
  const [major = 0, minor = 0] = version.replace(/^v/, '').split('.').map(Number);
  if (major > oldest[0] || (major === oldest[0] && minor >= oldest[1])) return;
  throw new AutoDevOpsError(
    'store.unavailable',
    `The bot needs Node.js ${oldest.join('.')} or newer; this is ${version}.`,
    'Run it with a newer Node.',
  );
}
