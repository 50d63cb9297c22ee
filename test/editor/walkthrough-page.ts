import type { Locator } from 'playwright-core';
import type { Workbench } from './workbench.ts';

/** The walkthrough of the extension, which is opened again where another page took its place. */
export class WalkthroughPage {
  readonly #window: Workbench;

  constructor(window: Workbench) {
    this.#window = window;
  }

  async #steps(): Promise<Locator> {
    const found = this.#window.page.locator('.getting-started-step');
    if (!(await found.first().isVisible())) {
      await this.#window.command('Welcome: Open Walkthrough');
      await this.#window.type('From nothing to a repaired cluster');
      await found.first().waitFor();
    }
    return found;
  }

  /** Presses a button in the step of this number, the first being 1. */
  async press(step: number, button: string): Promise<void> {
    const chosen = (await this.#steps()).nth(step - 1);
    if (!(await chosen.getAttribute('class'))?.includes('expanded')) await chosen.click();
    await this.#window.page.locator('.getting-started-step.expanded .monaco-button', { hasText: button }).click();
  }

  /** Waits until the editor counts the step as done. */
  async isDone(step: number): Promise<void> {
    const steps = await this.#steps();
    await steps
      .nth(step - 1)
      .locator('.codicon-getting-started-step-checked.complete')
      .waitFor({ timeout: 60_000 });
  }
}
