/** What an editor tells its own processes, and what would make another Node wait for a debugger. */
const editorsOwn = /^(VSCODE_|ELECTRON_|NODE_OPTIONS$)/;

/**
 * The environment in which `process.execPath` runs a program as Node does. Inside of Electron it is Electron, which is
 * Node where ELECTRON_RUN_AS_NODE is set (https://www.electronjs.org/docs/latest/api/environment-variables).
 */
export function nodeEnvironment(
  env: Readonly<Record<string, string | undefined>>,
  electron: boolean,
): Record<string, string> {
  const kept = Object.entries(env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && !(electron && editorsOwn.test(entry[0])),
  );
  return { ...Object.fromEntries(kept), ...(electron ? { ELECTRON_RUN_AS_NODE: '1' } : {}) };
}

/** Whether this process is an editor, whose program is Node only when it is told to be. */
export function insideElectron(): boolean {
  return process.versions['electron'] !== undefined;
}
