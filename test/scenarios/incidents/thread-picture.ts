import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import type { BotScene, Workspace } from '../../bot/bot-scene.ts';

const folder = join(import.meta.dirname, 'seen');
const browserPath = process.env['AUTODEVOPS_CHROMIUM'] ?? '/usr/bin/chromium';

/** The place to write at is not part of a picture. */
const still = '.standin{display:none}main,aside{padding-bottom:20px}';

/** Keeps what Ann sees of a thread, to be looked at: `seen/NAME.png`, not committed. Without a browser there is no picture. */
export async function keepThreadPicture(
  name: string,
  threadTs: string,
  { slack }: BotScene,
  { ann, channel }: Workspace,
): Promise<void> {
  if (!existsSync(browserPath)) return;
  mkdirSync(folder, { recursive: true });
  const browser = await chromium.launch({ executablePath: browserPath, args: ['--no-sandbox'] });
  try {
    const page = await browser.newPage({ viewport: { width: 1360, height: 400 } });
    await page.goto(`${slack.url}as/${ann.id}/${channel.id}?thread=${threadTs}`);
    await page.addStyleTag({ content: still });
    await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
  } finally {
    await browser.close();
  }
}
