import { deepEqual } from 'node:assert/strict';
import { commands, lm, workspace } from 'vscode';
import { contributed } from './extension.ts';

/** Registered with whatever runs it. */
export function contributionTests(): void {
  describe('what the extension contributes, in the host of an editor', () => {
    it('is views that can be opened', async () => {
      for (const { id } of Object.values(contributed().views).flat()) await commands.executeCommand(`${id}.focus`);
    });

    it('is settings with their defaults', () => {
      const { properties } = contributed().configuration;
      const defaults = Object.fromEntries(
        Object.keys(properties).map((name) => [name, workspace.getConfiguration().inspect(name)?.defaultValue]),
      );
      deepEqual(
        defaults,
        Object.fromEntries(Object.entries(properties).map(([name, { default: value }]) => [name, value])),
      );
    });

    it('is tools for other assistants, all of which the host knows', () => {
      const known = lm.tools.map(({ name }) => name);
      deepEqual(
        contributed()
          .languageModelTools.map(({ name }) => name)
          .filter((name) => !known.includes(name)),
        [],
      );
    });
  });
}
