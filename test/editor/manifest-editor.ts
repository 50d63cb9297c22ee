import { expect } from 'vitest';
import { pictureFile } from './pictures.ts';
import type { Workbench } from './workbench.ts';

/** A manifest in front of a window, worked by keys and by what stands over its lines. */
export class ManifestEditor {
  readonly #window: Workbench;

  constructor(window: Workbench) {
    this.#window = window;
  }

  /** What may be done, above an object. */
  lens(title: string) {
    return this.#window.page.locator('.codelens-decoration a', { hasText: title });
  }

  /** A row of the Problems panel. */
  problem(text: string) {
    return this.#window.page.locator('.markers-panel .monaco-list-row', { hasText: text });
  }

  /** Puts the cursor on a line of the file in front. */
  async goTo(line: number, column: number): Promise<void> {
    await this.#window.page.locator('.editor-group-container.active .view-lines').first().click();
    await this.#window.page.keyboard.press('Control+G');
    await this.#window.type(`:${line}:${column}`);
  }

  /**
   * Presses the command above an object, by the line that says its kind: the last one that is drawn over that line. Of
   * several objects the first one in the page may be another's, and lines that are scrolled away keep theirs, hidden.
   */
  async pressLens(title: string, kind: string, lineOfKind: number): Promise<void> {
    const { page } = this.#window;
    await this.goTo(lineOfKind, 1);
    const line = page.locator('.editor-group-container.active .view-line', { hasText: `kind: ${kind}` }).first();
    await line.waitFor();
    const below = (await line.boundingBox())?.y ?? 0;
    const nearest = async () => {
      const all = await this.lens(title).elementHandles();
      const drawn = await Promise.all(all.map(async (handle) => ({ handle, y: (await handle.boundingBox())?.y })));
      return drawn
        .flatMap(({ handle, y }) => (y === undefined || y >= below ? [] : [{ handle, y }]))
        .toSorted((one, other) => other.y - one.y)[0]?.handle;
    };
    // What stands there moves, and is drawn anew, when it is known how many problems there are: only a press that hit counts.
    const press = async (): Promise<boolean> => {
      const handle = await nearest();
      await handle?.click({ timeout: 5000 });
      return handle !== undefined;
    };
    await expect.poll(async () => await press().catch(() => false), { timeout: 60_000, interval: 500 }).toBe(true);
  }

  /** Takes the offered edit of the problem under the cursor. */
  async quickFix(title: string, picture?: string): Promise<void> {
    const { page } = this.#window;
    const action = page.locator('.action-widget .monaco-list-row', { hasText: title }).first();
    // What is offered is what was known when it was asked for: the cluster may answer a moment later.
    for (let tries = 0; tries < 10 && !(await action.isVisible()); tries += 1) {
      await page.keyboard.press('Escape');
      await page.keyboard.press('Control+.');
      await action.waitFor({ timeout: 6000 }).catch(() => undefined);
    }
    if (picture !== undefined) await this.#window.picture(pictureFile(picture));
    await action.click();
  }

  /** Waits for a difference that is shown, and one line in it that would go. */
  async difference(): Promise<void> {
    const { page } = this.#window;
    await page.locator('.monaco-diff-editor').waitFor({ timeout: 60_000 });
    await page.locator('.monaco-diff-editor .line-delete').first().waitFor({ timeout: 30_000 });
  }

  /** Back from a difference to the file. */
  async back(file: string): Promise<void> {
    const { page } = this.#window;
    await page.locator(`.tab[data-resource-name="${file}"]`).click();
    await page.locator('.monaco-diff-editor').waitFor({ state: 'hidden', timeout: 30_000 });
  }
}
