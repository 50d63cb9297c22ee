import { commands } from 'vscode';
import type { Disposable } from 'vscode';
import { contextValues } from '../status/context-values.ts';
import type { Lacks } from '../status/context-values.ts';
import type { WindowParts } from '../window-parts.ts';

/** Keeps the context keys of the window, which `when` clauses ask, as it stands. */
export function registerContext(parts: WindowParts): Disposable & { readonly setLacks: (lacks: Lacks) => void } {
  const told = new Map<string, unknown>();
  let lacks: Lacks = 'nothing';
  const tell = (): void => {
    for (const [key, value] of Object.entries(contextValues(parts, lacks))) {
      if (told.get(key) === value) continue;
      told.set(key, value);
      void commands.executeCommand('setContext', key, value);
    }
  };
  const ends = [parts.clusters, parts.agent, parts.problems, parts.changes, parts.local].map(({ state }) =>
    (state as { subscribe: (listener: () => void) => () => void }).subscribe(tell),
  );
  tell();
  return {
    setLacks: (now) => {
      lacks = now;
      tell();
    },
    dispose: () => ends.forEach((end) => end()),
  };
}
