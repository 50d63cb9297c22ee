import { homedir } from 'node:os';
import { join } from 'node:path';
import { env, ProgressLocation, ThemeIcon, Uri, window, workspace } from 'vscode';
import { plainText } from '../plain-text.ts';
import type { Choice, People, Progress, ProgressPlace } from '../../ports/people.ts';

const places: Readonly<Record<ProgressPlace, ProgressLocation | { readonly viewId: string }>> = {
  problems: { viewId: 'autodevops.problems' },
  clusters: { viewId: 'autodevops.clusters' },
  changes: { viewId: 'autodevops.changes' },
  notification: ProgressLocation.Notification,
};

async function pick<T>(
  choices: readonly Choice<T>[],
  { title, prompt }: { readonly title: string; readonly prompt?: string },
): Promise<T | undefined> {
  const items = choices.map(({ label, description, detail, icon, value }) => ({
    label: plainText(label),
    value,
    ...(description === undefined ? {} : { description: plainText(description) }),
    ...(detail === undefined ? {} : { detail: plainText(detail) }),
    ...(icon === undefined ? {} : { iconPath: new ThemeIcon(icon) }),
  }));
  const chosen = await window.showQuickPick(items, {
    title: plainText(title),
    matchOnDescription: true,
    matchOnDetail: true,
    ...(prompt === undefined ? {} : { placeHolder: prompt }),
  });
  return chosen?.value;
}

async function during<T>(place: ProgressPlace, title: string, work: (progress: Progress) => Promise<T>): Promise<T> {
  return await window.withProgress(
    { location: places[place], title: plainText(title), cancellable: place === 'notification' },
    async (progress, token) => {
      const stopped = new AbortController();
      token.onCancellationRequested(() => stopped.abort());
      let shown = 0;
      const tell = (says: string, share?: number): void => {
        const increment = share === undefined ? {} : { increment: Math.max(0, share * 100 - shown) };
        shown = Math.max(shown, (share ?? 0) * 100);
        progress.report({ message: plainText(says), ...increment });
      };
      return await work({ tell, signal: stopped.signal });
    },
  );
}

/** Asking and telling by the editor's own messages, quick picks and inputs. Their texts are plain. */
export const people: People = {
  tell: async (kind, text, buttons = []) => {
    const plain = plainText(text);
    if (kind === 'information') return await window.showInformationMessage(plain, ...buttons);
    return kind === 'warning'
      ? await window.showWarningMessage(plain, ...buttons)
      : await window.showErrorMessage(plain, ...buttons);
  },
  whisper: (text) => void window.setStatusBarMessage(plainText(text), 6000),
  confirm: async (text, { detail, yes }) =>
    (await window.showWarningMessage(plainText(text), { modal: true, detail: plainText(detail) }, yes)) === yes,
  pick,
  enter: async ({ title, prompt, value, secret, check }) =>
    await window.showInputBox({
      title: plainText(title),
      ignoreFocusOut: true,
      password: secret === true,
      ...(prompt === undefined ? {} : { prompt: plainText(prompt) }),
      ...(value === undefined ? {} : { value }),
      ...(check === undefined ? {} : { validateInput: check }),
    }),
  openFile: async ({ title, kinds }) =>
    (
      await window.showOpenDialog({
        title: plainText(title),
        canSelectFiles: true,
        ...(kinds === undefined ? {} : { filters: filtersOf(kinds) }),
      })
    )?.[0]?.fsPath,
  openFolder: async ({ title }) =>
    (await window.showOpenDialog({ title: plainText(title), canSelectFiles: false, canSelectFolders: true }))?.[0]
      ?.fsPath,
  saveFile: async ({ title, name, kinds }) =>
    (
      await window.showSaveDialog({
        title: plainText(title),
        defaultUri: beside(name),
        ...(kinds === undefined ? {} : { filters: filtersOf(kinds) }),
      })
    )?.fsPath,
  during,
  copy: async (text) => {
    await env.clipboard.writeText(text);
  },
};

/** Where a file of this name is put if the person does not say otherwise: the open folder, else the home. */
function beside(name: string): Uri {
  const folder = workspace.workspaceFolders?.[0]?.uri;
  return folder === undefined ? Uri.file(join(homedir(), name)) : Uri.joinPath(folder, name);
}

function filtersOf(kinds: Readonly<Record<string, readonly string[]>>): Record<string, string[]> {
  return Object.fromEntries(Object.entries(kinds).map(([name, endings]) => [name, [...endings]]));
}
