import { createRequire } from 'node:module';
import { join } from 'node:path';

/** The thread that draws pictures for Slack, and what it reads from beside itself; by the names that they have in a build. */
export function pictureEntries(root: string): Readonly<Record<string, string>> {
  const bot = join(root, 'bot');
  const { resolve } = createRequire(join(bot, 'package.json'));
  return {
    'picture-worker': join(bot, 'src', 'drawing', 'picture-worker.ts'),
    index_bg: resolve('@resvg/resvg-wasm/index_bg.wasm'),
    DejaVuSansMono: resolve('dejavu-fonts-ttf/ttf/DejaVuSansMono.ttf'),
  };
}
