import { firstEnded, pidFileOf, startComponent, type Component } from '../control-plane/component-process.ts';
import type { Bed } from '../fixtures.ts';
import { stopFromPidFile } from '../host/daemon.ts';
import { runFolder } from '../host/folders.ts';
import { until } from '../host/wait.ts';

/** A tool's programs, running beside a cluster. They end with it, or before it by this. */
export type ProgramsBeside = { readonly stop: () => Promise<void> };

/** Starts a tool's programs beside a cluster, and waits until each of them answers. What an earlier run left of them ends first. */
export async function startBeside(
  bed: Bed,
  parts: readonly Component[],
  ready: readonly { readonly of: string; readonly url: string }[],
): Promise<ProgramsBeside> {
  const folder = runFolder(bed.name);
  const stop = async (): Promise<void> => {
    await Promise.all(parts.map(({ name }) => stopFromPidFile(pidFileOf(folder, name), 3)));
  };
  await stop();
  for (const part of parts) startComponent(folder, part);
  for (const { of, url } of ready) {
    await until({ for: of, seconds: 120, giveUp: () => firstEnded(folder, parts) }, () => answers(url));
  }
  return { stop };
}

async function answers(url: string): Promise<boolean> {
  return (await fetch(url, { signal: AbortSignal.timeout(5000) })).ok;
}
