import { setTimeout as sleep } from 'node:timers/promises';
import { window, workspace } from 'vscode';
import type { Disposable, ExtensionContext } from 'vscode';
import type { Log } from '../../ports/log.ts';
import { readSettings, settingsPrefix } from '../../settings/read-settings.ts';
import type { SettingsManifest } from '../../settings/read-settings.ts';
import type { Editor } from '../../ports/editor.ts';
import { folder } from './folder.ts';
import { editorDocuments } from './made-documents.ts';
import { people } from './people.ts';
import { terminals } from './terminals.ts';

function channel(): { readonly log: Log; readonly disposable: Disposable } {
  const output = window.createOutputChannel('Auto-DevOps', { log: true });
  return {
    disposable: output,
    log: {
      info: (text) => output.info(text),
      warn: (text) => output.warn(text),
      error: (text) => output.error(text),
      show: () => output.show(true),
    },
  };
}

/** The editor's ports, over this window. */
export function editorOf({
  workspaceState,
  secrets,
  globalStorageUri,
  extension,
  subscriptions,
}: ExtensionContext): Editor {
  const { log, disposable } = channel();
  const { documents, disposable: served } = editorDocuments();
  subscriptions.push(disposable, served);
  const manifest = extension.packageJSON as SettingsManifest & { readonly version: string };
  return {
    people,
    documents,
    terminals,
    folder,
    log,
    kept: {
      get: (name) => workspaceState.get(name),
      put: async (name, value) => {
        await workspaceState.update(name, value);
      },
    },
    secrets: {
      get: async (name) => await secrets.get(name),
      put: async (name, value) => {
        await secrets.store(name, value);
      },
      forget: async (name) => {
        await secrets.delete(name);
      },
    },
    clock: {
      now: () => Date.now(),
      wait: async (milliseconds, signal) => {
        await sleep(milliseconds, undefined, { signal });
      },
    },
    settings: () => {
      const configured = workspace.getConfiguration(settingsPrefix);
      return readSettings(
        manifest,
        (name) => configured.get(name),
        (name, mistake) => log.warn(`${settingsPrefix}.${name}: what is configured ${mistake}`),
      );
    },
    ownFolder: globalStorageUri.fsPath,
    version: manifest.version,
  };
}
