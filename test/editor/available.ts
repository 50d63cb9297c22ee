import { existsSync } from 'node:fs';
import { bedUnavailableReason } from '../bed/fixtures.ts';

/** Debian's. */
export const CHROMIUM = '/usr/bin/chromium';

/** Why this machine cannot show the extension in a real editor on a real cluster, in words for a skipped suite; undefined when it can. */
export async function editorUnavailableReason(): Promise<string | undefined> {
  if (!existsSync(CHROMIUM)) return 'no Chromium (install the package chromium)';
  return await bedUnavailableReason('kind');
}
