import type { ClusterReader } from '@autodevops/domain/ports/cluster';
import type { Captured, CaptureTarget, ClusterChoice, Follower, Output, Permission, Surroundings, Watched } from './surroundings.ts';

/** Set by the build; not there when the source runs as it is. */
declare const AUTODEVOPS_VERSION: string | undefined;

async function versionFromSource(): Promise<string> {
  const { readFile } = await import('node:fs/promises');
  const manifest = JSON.parse(await readFile(new URL('../package.json', import.meta.url), 'utf8')) as { version: string };
  return manifest.version;
}

function output(stream: NodeJS.WriteStream): Output {
  const { isTTY, columns, rows } = stream;
  return {
    write: (text) => void stream.write(text),
    facts: { isTTY: isTTY === true, columns, rows, env: process.env, platform: process.platform },
  };
}

/** The recorded cluster behind an API server of its own on the loopback address: the same client code reads it. */
async function openSample(): Promise<ClusterReader> {
  const [{ openBundle }, { fileURLToPath }] = await Promise.all([import('@autodevops/bundles/reader'), import('node:url')]);
  return openBundle(fileURLToPath(new URL('./sample/cluster', import.meta.url)));
}

/** A live cluster, a record of one, or the sample; adapters are loaded only when they are needed. */
async function open(choice: ClusterChoice, watched: Watched): Promise<ClusterReader> {
  if (choice.sample === true) return openSample();
  if (choice.from !== undefined) return (await import('@autodevops/bundles/reader')).openBundle(choice.from, watched);
  return (await import('@autodevops/kube/reader')).openCluster(choice);
}

async function follow(choice: ClusterChoice, { namespaces }: Watched & { readonly namespaces: readonly string[] | undefined }): Promise<Follower> {
  throw new Error(`not yet ${String(namespaces)} ${String(choice.from)}`);
}

async function capture(reader: ClusterReader, { path, namespaces, onProgress, signal }: CaptureTarget): Promise<Captured> {
  const [{ captureBundle }, { stat }] = await Promise.all([import('@autodevops/bundles/capture'), import('node:fs/promises')]);
  const { output: written, objects, logs } = await captureBundle(reader, { output: path, onProgress, signal, ...(namespaces === undefined ? {} : { namespaces }) });
  const { size } = await stat(written);
  return { path: written, objects, logs, bytes: size };
}

async function permissions(choice: ClusterChoice): Promise<readonly Permission[]> {
  throw new Error(`not yet ${String(choice.from)}`);
}

async function answers(choice: ClusterChoice, milliseconds: number): Promise<boolean> {
  throw new Error(`not yet ${String(choice.from)} ${milliseconds}`);
}

async function keepDetails(reference: string, details: string): Promise<string | undefined> {
  const [{ keepIn, stateFolder }, { homedir }] = await Promise.all([import('./failure/error-log.ts'), import('node:os')]);
  return keepIn(stateFolder(process.env, process.platform, homedir()), `${new Date().toISOString()} ${reference}\n${details}`);
}

/** This process and this machine, as the commands see them. Adapters are loaded when a command asks for them. */
export async function compose(): Promise<Surroundings> {
  return {
    stdout: output(process.stdout),
    stderr: output(process.stderr),
    version: typeof AUTODEVOPS_VERSION === 'string' ? AUTODEVOPS_VERSION : await versionFromSource(),
    machine: {
      nodeVersion: process.version,
      programVersion: async (program, args) => (await import('./doctor/program-version.ts')).programVersion(program, args),
    },
    now: () => Date.now(),
    open,
    follow,
    capture,
    contextFacts: async (choice) => (await import('@autodevops/kube/kubeconfig')).readContextFacts(choice),
    permissions,
    answers,
    readFile: async (path) => (await import('node:fs/promises')).readFile(path, 'utf8'),
    keepDetails,
  };
}
