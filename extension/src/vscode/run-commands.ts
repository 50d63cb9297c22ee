import { commands } from 'vscode';
import type { Disposable } from 'vscode';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { partsOf } from '@autodevops/domain/remedy/remedy';
import { actsAgainst } from '../agent/acts-against.ts';
import { commandIds } from '../contributions/commands.ts';
import type { CommandId } from '../contributions/commands.ts';
import { failureText } from '../language/failure-text.ts';
import { paletteSteps } from '../language/steps-in-editor.ts';
import type { PaletteStep } from '../language/steps-in-editor.ts';
import { t } from '../language/translate.ts';
import type { WindowParts } from '../window-parts.ts';

/** No command takes longer without somebody waiting for it; those that do take their own signal of a progress. */
const longest = 600_000;
const mostButtons = 3;

/** What a button beside the failure does, by what it says: what the sentence names of the palette; a file that is wrong is mended, or another one is named. */
function buttonsOf(parts: WindowParts, error: unknown): ReadonlyMap<string, () => unknown> {
  if (!(error instanceof AutoDevOpsError)) return new Map([[t('Show Log'), () => parts.log.show()]]);
  const acts: readonly PaletteStep[] = error.code === 'config.invalid' ? actsAgainst(error) : [];
  return new Map(
    [...acts, ...paletteSteps(partsOf(error))]
      .slice(0, mostButtons)
      .map(({ command, title, subject }) => [title, async () => await runCommand(parts, command, subject)]),
  );
}

async function tellFailure(parts: WindowParts, id: CommandId, error: unknown): Promise<void> {
  const { people, log } = parts;
  if (error instanceof AutoDevOpsError && error.code === 'interrupted') return;
  const foreseen = error instanceof AutoDevOpsError;
  log.error(
    foreseen
      ? `${id}: ${error.code}: ${error.message}`
      : `${id}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
  );
  const text = foreseen
    ? failureText(error)
    : t('Something went wrong that nobody foresaw. The log of the extension says more.');
  const buttons = buttonsOf(parts, error);
  const pressed = await people.tell('error', text, [...buttons.keys()]);
  if (pressed !== undefined) await buttons.get(pressed)?.();
}

/** What a button or a key starts is not held back by what the palette shows: it is refused here. */
function requireTrust({ folder }: Pick<WindowParts, 'folder'>): void {
  if (!folder.trusted()) {
    throw new AutoDevOpsError(
      'usage',
      t('This folder is not trusted: nothing is run.'),
      t('Manage the trust of the workspace.'),
    );
  }
}

/** Carries a command out, and tells what went wrong. */
export async function runCommand(parts: WindowParts, id: CommandId, argument: unknown): Promise<void> {
  const ended = new AbortController();
  try {
    requireTrust(parts);
    const { handlers } = await import('../commands/registry.ts');
    await handlers[id](parts, argument, AbortSignal.any([ended.signal, AbortSignal.timeout(longest)]));
  } catch (error) {
    await tellFailure(parts, id, error);
  } finally {
    ended.abort();
  }
}

export function registerCommands(parts: WindowParts): readonly Disposable[] {
  return commandIds.map((id) =>
    commands.registerCommand(id, async (argument: unknown) => {
      await runCommand(parts, id, argument);
    }),
  );
}
