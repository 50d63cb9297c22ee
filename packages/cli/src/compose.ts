import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { ClusterReader } from '@autodevops/domain/ports/cluster';
import type { Captured, CaptureTarget, ClusterChoice, Follower, MachineFacts, Output, Surroundings } from './surroundings.ts';

/** Set by the build; absent when the source runs as it is. */
declare const AUTODEVOPS_VERSION: string | undefined;

function version(): string {
  if (typeof AUTODEVOPS_VERSION === 'string') return AUTODEVOPS_VERSION;
  const manifest = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string };
  return manifest.version;
}

function output(stream: NodeJS.WriteStream): Output {
  const { isTTY, columns, rows } = stream;
  return {
    write: (text) => void stream.write(text),
    facts: { isTTY: isTTY === true, columns, rows, env: process.env, platform: process.platform },
  };
}

function programVersion(program: string, args: readonly string[]): Promise<string | undefined> {
  return new Promise((resolve) => {
    execFile(program, args, { timeout: 8000, windowsHide: true }, (error, stdout) => {
      const first = stdout.split('\n').find((line) => line.trim() !== '');
      resolve(error === null ? (first?.trim() ?? '') : undefined);
    });
  });
}

const machine: MachineFacts = { nodeVersion: process.version, programVersion };

/** A live cluster, a record of one, or the sample; adapters are loaded only when they are needed. */
async function open(choice: ClusterChoice): Promise<ClusterReader> {
  if (choice.from !== undefined) {
    const { openBundle } = await import('@autodevops/bundles/reader');
    return openBundle(choice.from);
  }
  if (choice.sample === true) return openSample();
  const { openCluster } = await import('@autodevops/kube/reader');
  return openCluster(choice);
}

/** The recorded cluster behind an API server of its own on the loopback address: the same client code reads it. */
async function openSample(): Promise<ClusterReader> {
  const { openBundle } = await import('@autodevops/bundles/reader');
  return openBundle(fileURLToPath(new URL('./sample/cluster', import.meta.url)));
}

async function follow(choice: ClusterChoice, namespaces: readonly string[] | undefined): Promise<Follower> {
  const reader = await open(choice);
  return { reader, changed: (signal) => new Promise((resolve) => { const t = setTimeout(resolve, 10_000); signal.addEventListener('abort', () => { clearTimeout(t); resolve(); }, { once: true }); }) };
}

async function capture(reader: ClusterReader, { path, namespaces, onProgress, signal }: CaptureTarget): Promise<Captured> {
  const { captureBundle } = await import('@autodevops/bundles/capture');
  const { output: written, objects, logs } = await captureBundle(reader, { output: path, onProgress, signal, ...(namespaces === undefined ? {} : { namespaces }) });
  const { size } = await stat(written);
  return { path: written, objects, logs, bytes: size };
}

function keep(reference: string, details: string): string | undefined {
  return keepIn(reference, details);
}
