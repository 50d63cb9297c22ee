import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ContainerLog } from '@autodevops/domain/snapshot';

/** The recorded sample cluster, as a Kubernetes API server would serve it. */
export interface Sample {
  readonly objects: readonly Readonly<Record<string, unknown>>[];
  readonly logs: readonly ContainerLog[];
  /** ISO time of the recording: "now" for whoever looks at it. */
  readonly now: string;
  readonly serverVersion: string;
}

/** Beside this file in the source, beside the bundle in a build. */
const folder = fileURLToPath(new URL('./cluster/', import.meta.url));

async function objectsIn(path: string): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const list = JSON.parse(await readFile(path, 'utf8')) as {
    readonly items: readonly Readonly<Record<string, unknown>>[];
  };
  return list.items;
}

async function logAt(path: string): Promise<ContainerLog> {
  const [namespace = '', pod = '', file = ''] = path.split(/[\\/]/).slice(-3);
  const previous = file.endsWith('.previous.log');
  const container = file.replace(/(?:\.previous)?\.log$/, '');
  return { namespace, pod, container, previous, text: await readFile(path, 'utf8'), truncated: false };
}

/** Reads the sample from its folder, which is our own bundle format. */
export async function readSample(): Promise<Sample> {
  const manifest = JSON.parse(await readFile(join(folder, 'bundle.json'), 'utf8')) as {
    readonly capturedAt: string;
    readonly serverVersion: string;
  };
  const files = await readdir(join(folder, 'objects'));
  const logs = (await readdir(join(folder, 'logs'), { recursive: true })).filter((file) => file.endsWith('.log'));
  return {
    objects: (await Promise.all(files.map((file) => objectsIn(join(folder, 'objects', file))))).flat(),
    logs: await Promise.all(logs.map((file) => logAt(join(folder, 'logs', file)))),
    now: manifest.capturedAt,
    serverVersion: manifest.serverVersion,
  };
}
