import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import type { BrowserContext, Frame, Locator, Page } from 'playwright-core';
import { CHROMIUM } from './available.ts';
import { startCodeServer } from './code-server-process.ts';
import type { CodeServerProcess } from './code-server-process.ts';

/** What a window starts with. Everything lies in folders that `close` removes. */
export interface WorkbenchOptions {
  /** The .vsix to install. */
  readonly vsix: string;
  /** Other ones that are installed beside it. */
  readonly besides?: readonly string[];
  /** Where everything lies; a folder of its own when absent. */
  readonly home?: string;
  /** The folder that is opened; an empty one when absent. */
  readonly folder?: string;
  /** A file of it to open at once. */
  readonly file?: string;
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly environment?: Readonly<Record<string, string>>;
  /** Ask whether the folder is trusted, as a desktop does. */
  readonly trust?: boolean;
  /** Of the window, in pixels: one that is made higher while the page loads may stay as it was. */
  readonly height?: number;
}

export const chromiumArguments = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** What makes a window quiet: nothing of the editor's own stands in the way of what is tried. */
const quiet = {
  'chat.disableAIFeatures': true,
  'workbench.startupEditor': 'none',
  'git.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'extensions.autoCheckUpdates': false,
  'workbench.tips.enabled': false,
  // Of what a test listens on, nobody is to be told.
  'remote.autoForwardPorts': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
};

/** A folder for all that a window leaves. */
export function workbenchHome(): string {
  return mkdtempSync(join(tmpdir(), 'autodevops-editor-'));
}

interface Parts {
  readonly home: string;
  readonly address: string;
  readonly url: string;
  readonly browser: BrowserContext;
  readonly close: () => Promise<void>;
}

/** A press of a button takes its time on a busy machine; milliseconds. */
const patience = 90_000;

async function show(page: Page, url: string): Promise<void> {
  page.setDefaultTimeout(patience);
  await page.goto(url, { timeout: 120_000 });
  await page.locator('.monaco-workbench').waitFor({ timeout: 120_000 });
}

/** One window of a real Visual Studio Code with the extension in it. */
export class Workbench {
  readonly page: Page;
  readonly home: string;
  readonly #parts: Parts;

  private constructor(page: Page, parts: Parts) {
    this.page = page;
    this.home = parts.home;
    this.#parts = parts;
  }

  static async open(options: WorkbenchOptions): Promise<Workbench> {
    const home = options.home ?? workbenchHome();
    const folder = options.folder ?? join(home, 'folder');
    mkdirSync(folder, { recursive: true });
    const server: CodeServerProcess = await startCodeServer({
      home,
      vsix: [options.vsix, ...(options.besides ?? [])],
      settings: { ...quiet, ...options.settings },
      environment: options.environment ?? {},
      trust: options.trust === true,
    });
    const remove = (): void => rmSync(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
    try {
      const browser = await chromium.launchPersistentContext(join(home, 'browser'), {
        executablePath: CHROMIUM,
        headless: true,
        args: chromiumArguments,
        viewport: { width: 1280, height: options.height ?? 800 },
      });
      const page = browser.pages()[0] ?? (await browser.newPage());
      const file =
        options.file === undefined
          ? ''
          : `&payload=${encodeURIComponent(JSON.stringify([['openFile', `vscode-remote://${server.address}${join(folder, options.file)}`]]))}`;
      const url = `http://${server.address}/?folder=${encodeURIComponent(folder)}`;
      await show(page, `${url}${file}`);
      const close = async (): Promise<void> => {
        await browser.close();
        server.end();
        remove();
      };
      return new Workbench(page, { home, address: server.address, url, browser, close });
    } catch (error) {
      server.end();
      throw error;
    }
  }

  /** Another window of the same person on the same folder. Closing it leaves this one. */
  async beside(): Promise<Workbench> {
    const page = await this.#parts.browser.newPage();
    await show(page, this.#parts.url);
    return new Workbench(page, { ...this.#parts, close: async () => await page.close() });
  }

  /** Loads the page again: a window that begins anew, in a host of extensions of its own. */
  async reload(): Promise<void> {
    await show(this.page, this.#parts.url);
  }

  /** Takes the page away as if its process had died: nothing of it says farewell. */
  async crash(): Promise<void> {
    const session = await this.page.context().newCDPSession(this.page);
    const crashed = this.page.waitForEvent('crash');
    // It is not answered: who would answer is gone.
    session.send('Page.crash').catch(() => undefined);
    await crashed;
  }

  /** Opens the sidebar of the extension, and in it the views of these titles that are collapsed at first. */
  async sidebar(...titles: readonly string[]): Promise<void> {
    // The badge lies over the icon, and pressing the icon of what is open closes it.
    const icon = this.page
      .locator('.activitybar .action-item', { has: this.page.locator('[aria-label*="Auto-DevOps"]') })
      .first();
    await icon.waitFor();
    if (!(await this.view('Jamie').isVisible())) await icon.click();
    for (const title of titles) {
      const header = this.view(title).locator('.pane-header');
      await header.waitFor();
      if ((await header.getAttribute('aria-expanded')) === 'false') await header.click();
    }
  }

  /** Draws the sidebar so wide, by its edge. */
  async widen(pixels: number): Promise<void> {
    const box = await this.page.locator('.part.sidebar').boundingBox();
    if (box === null) throw new Error('the sidebar is not shown');
    const { mouse } = this.page;
    await mouse.move(box.x + box.width + 2, box.y + 20);
    await mouse.down();
    await mouse.move(box.x + pixels + 2, box.y + 20, { steps: 5 });
    await mouse.up();
    // The edge shines while a mouse rests on it.
    await mouse.move(box.x + pixels + 200, box.y + box.height - 20);
  }

  /** A view of the sidebar, by its title. */
  view(title: string): Locator {
    return this.page.locator('.pane', { has: this.page.locator('.pane-header', { hasText: title }) });
  }

  /** An item of a tree. */
  row(title: string, text: string | RegExp): Locator {
    return this.view(title).locator('.monaco-list-row', { hasText: text });
  }

  /** The line of the extension in the status bar. */
  get status(): Locator {
    return this.page.locator('.statusbar-item[aria-label^="Auto-DevOps: "]');
  }

  get dialog(): Locator {
    return this.page.locator('.monaco-dialog-box');
  }

  /** Opens a file of the folder, by its name. */
  async openFile(name: string): Promise<void> {
    await this.page.keyboard.press('Control+p');
    const input = this.page.locator('.quick-input-widget input');
    await input.waitFor({ timeout: 30_000 });
    await input.fill(name);
    await this.page
      .locator('.quick-input-list .monaco-list-row', { hasText: name.split('/').at(-1) ?? name })
      .first()
      .click({ timeout: 30_000 });
  }

  /** A message in the corner. */
  notification(text: string | RegExp): Locator {
    return this.page.locator('.notification-toast', { hasText: text });
  }

  /** Presses a button of the editor's own dialog. */
  async press(button: string): Promise<void> {
    await this.dialog.waitFor({ timeout: 60_000 });
    await this.dialog.locator('.monaco-button', { hasText: button }).click();
  }

  /** Opens the palette with that text; a window that is still starting does not hear a key. */
  async palette(text: string): Promise<void> {
    const input = this.page.locator('.quick-input-widget input');
    for (let tries = 0; tries < 10; tries += 1) {
      await this.page.keyboard.press('F1');
      const isOpen = await input.waitFor({ timeout: 5000 }).then(
        () => true,
        () => false,
      );
      // What takes the focus closes it again.
      if (
        isOpen &&
        (await input.fill(`>${text}`, { timeout: 2000 }).then(
          () => true,
          () => false,
        ))
      ) {
        return;
      }
    }
    throw new Error('The palette does not open.');
  }

  /** Runs a command as a person does: by its title in the palette. */
  async command(title: string): Promise<void> {
    await this.palette(title);
    // What is like it may stand above it.
    const label = this.page.locator('.quick-input-list .label-name', {
      hasText: new RegExp(`^${title.replaceAll(/[^\w ]/g, '\\$&')}(\\.\\.\\.|…)?$`),
    });
    await label.first().click({ timeout: 30_000 });
  }

  /** The frame of a webview that holds an element; webviews lie two frames deep. */
  async webview(selector: string, seconds = 60): Promise<Frame> {
    for (const end = Date.now() + seconds * 1000; ;) {
      for (const frame of this.page.frames()) {
        if (
          (await frame
            .locator(selector)
            .count()
            .catch(() => 0)) > 0
        ) {
          return frame;
        }
      }
      if (Date.now() > end) throw new Error(`No webview shows ${selector} after ${seconds} s.`);
      await this.page.waitForTimeout(200);
    }
  }

  /** Waits until a webview is drawn. That of a window behind another one is drawn when it comes to the front. */
  async shown(selector: string): Promise<void> {
    await this.page.bringToFront();
    await (await this.webview(selector)).locator(selector).waitFor();
  }

  /** Answers an input box of the editor. */
  async type(text: string): Promise<void> {
    const input = this.page.locator('.quick-input-widget input');
    await input.waitFor({ timeout: 30_000 });
    await input.fill(text);
    await this.page.keyboard.press('Enter');
  }

  /** The text of the editor that is in front, as far as it is drawn. */
  async editorText(): Promise<string> {
    const lines = await this.page.locator('.editor-group-container.active .view-lines .view-line').allInnerTexts();
    return lines.join('\n').replaceAll('\u00A0', ' ');
  }

  async picture(file: string): Promise<void> {
    await this.page.screenshot({ path: file });
  }

  async close(): Promise<void> {
    await this.#parts.close();
  }
}
