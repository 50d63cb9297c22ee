import type { Metafile } from 'esbuild';

/** The files that the editor reads to activate the extension: the entry, and what it imports without waiting to be asked. */
export function loadedAtActivation(outputs: Metafile['outputs']): readonly string[] {
  const seen = new Set<string>();
  const follow = (path: string): void => {
    if (seen.has(path)) return;
    seen.add(path);
    for (const { kind, path: next } of outputs[path]?.imports ?? []) {
      if (kind === 'import-statement' && outputs[next] !== undefined) follow(next);
    }
  };
  follow(Object.keys(outputs).find((path) => path.endsWith('/extension.js')) ?? '');
  return [...seen];
}

/** The bytes of these files. */
export function bytesOf(outputs: Metafile['outputs'], paths: readonly string[]): number {
  return paths.reduce((sum, path) => sum + (outputs[path]?.bytes ?? 0), 0);
}
