import { deepEqual, equal } from 'node:assert/strict';
import { commands } from 'vscode';
import { contributed, ownExtension } from './extension.ts';

/** Registered with whatever runs it. */
export function activationTests(): void {
  describe('the extension, in the host of an editor', () => {
    it('comes to life', async () => {
      await ownExtension().activate();
      equal(ownExtension().isActive, true);
    });

    it('carries out every command that it contributes, and no other', async () => {
      const registered = (await commands.getCommands(true)).filter((id) => id.startsWith('autodevops.'));
      const promised = contributed().commands.map(({ command }) => command);
      deepEqual(
        promised.filter((id) => !registered.includes(id)),
        [],
      );
      // The editor itself makes some for each view: to focus it, to open it, to set it back.
      const views = Object.values(contributed().views)
        .flat()
        .map(({ id }) => id);
      const ofViews = (id: string): boolean => views.some((view) => id.startsWith(`${view}.`));
      deepEqual(
        registered.filter((id) => !promised.includes(id) && !ofViews(id)),
        [],
      );
    });
  });
}
