import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder, runFolder } from '../host/folders.ts';
import type { ProcessIdentity } from '../host/pid.ts';

export type Layer = 'control-plane' | 'kind';

/** What is known of one bed, in <cache>/run/<name>/bed.json. It is written before anything is started. */
export type BedState = {
  name: string;
  layer: Layer;
  phase: 'starting' | 'running';
  started: string;
  kubeconfig: string;
  serverUrl?: string;
  versions: Record<string, string>;
  /** Set when the bed belongs to a running process (a test) and ends with it. */
  owner?: ProcessIdentity;
  /** Of a Kind cluster. */
  way?: 'build' | 'pull';
  nodeImage?: string;
  dockerHost?: string;
  kindBinary?: string;
  nodes?: string[];
};

export const DEFAULT_NAMES: Readonly<Record<Layer, string>> = {
  kind: 'autodevops-bed',
  'control-plane': 'autodevops-control-plane',
};

export function kubeconfigOf(name: string): string {
  return join(runFolder(name), 'kubeconfig');
}

export function readState(name: string): BedState | undefined {
  const file = join(runFolder(name), 'bed.json');
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as BedState) : undefined;
}

export function writeState(state: BedState): void {
  const folder = runFolder(state.name);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, 'bed.json');
  writeFileSync(`${file}.new`, `${JSON.stringify(state, undefined, 2)}\n`);
  renameSync(`${file}.new`, file);
}

/** Every bed that has a folder, running or not. */
export function listBeds(): BedState[] {
  const folder = join(cacheFolder(), 'run');
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .sort()
    .flatMap((name) => readState(name) ?? []);
}
