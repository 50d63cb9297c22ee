import type { Disposable } from 'vscode';
import { lackOf } from '../status/lacks.ts';
import type { WindowParts } from '../window-parts.ts';
import type { registerContext } from './context.ts';

/**
 * Looks what the machine lacks for a local cluster, where there is no cluster and somebody sees that: then, and whenever
 * clusters are looked for again, because an engine may have been started meanwhile.
 */
export function lacksOf(
  parts: WindowParts,
  { setLacks }: ReturnType<typeof registerContext>,
): Disposable & { readonly look: () => void } {
  const ended = new AbortController();
  let looking = false;
  let seen = false;
  const examine = async (): Promise<void> => {
    const { examine: ask } = await import('../commands/machine-checks.ts');
    setLacks(lackOf(await ask(parts, AbortSignal.any([ended.signal, AbortSignal.timeout(30_000)]))));
  };
  const look = (): void => {
    seen = true;
    if (looking || !parts.folder.trusted() || parts.clusters.state.value.chosen !== undefined) return;
    looking = true;
    examine()
      .catch((error: unknown) => parts.log.warn(error instanceof Error ? error.message : String(error)))
      .finally(() => {
        looking = false;
      });
  };
  const end = parts.clusters.state.subscribe(() => {
    if (seen) look();
  });
  return {
    look,
    dispose: () => {
      end();
      ended.abort();
    },
  };
}
