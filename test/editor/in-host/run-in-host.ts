import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { CHROMIUM } from '../available.ts';
import { startEditorServer } from '../code-server-process.ts';
import { chromiumArguments } from '../workbench.ts';

export interface InHostChoice {
  /** Where everything lies. */
  readonly folder: string;
  /** The extension's folder, built. */
  readonly extension: string;
  /** A module that exports `run`. */
  readonly suite: string;
  readonly environment: Readonly<Record<string, string>>;
}

/**
 * Loads the extension as one under development and calls the suite in the host beside it, as `@vscode/test-electron`
 * does on a desktop. Comes back when the suite has ended, well or badly: what became of it is the suite's to write down.
 */
export async function runInHost({ folder, extension, suite, environment }: InHostChoice): Promise<void> {
  const server = await startEditorServer({ home: folder, environment });
  try {
    const browser = await chromium.launchPersistentContext(join(folder, 'browser'), {
      executablePath: CHROMIUM,
      headless: true,
      args: chromiumArguments,
    });
    try {
      const page = browser.pages()[0] ?? (await browser.newPage());
      const ended = Promise.withResolvers<void>();
      // The two that the editor's own driver asks for (microsoft/vscode, src/vs/code/browser/workbench/workbench.ts).
      await page.exposeFunction('codeAutomationExit', () => ended.resolve());
      await page.exposeFunction('codeAutomationLog', () => undefined);
      const open = join(folder, 'folder');
      mkdirSync(open);
      const remote = (path: string): string => `vscode-remote://${server.address}${path}`;
      const payload = [
        ['extensionDevelopmentPath', remote(extension)],
        ['extensionTestsPath', remote(suite)],
        ['skipWelcome', 'true'],
      ];
      await page.goto(
        `http://${server.address}/?folder=${encodeURIComponent(open)}&payload=${encodeURIComponent(JSON.stringify(payload))}`,
        { timeout: 120_000 },
      );
      const timer = setTimeout(() => ended.reject(new Error('the suite did not end within four minutes')), 240_000);
      await ended.promise.finally(() => clearTimeout(timer));
    } finally {
      await browser.close();
    }
  } finally {
    server.end();
  }
}
