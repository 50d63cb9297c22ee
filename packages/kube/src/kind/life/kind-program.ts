import { appendFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { printable } from '@autodevops/domain/printable';
import { redact } from '@autodevops/domain/redact';
import { runEngine } from '../engine-command.ts';
import { runGroup, signalGroup } from '../engine/process-group.ts';
import { isAlive } from '../engine/process-identity.ts';
import type { ProcessIdentity } from '../engine/process-identity.ts';
import { failureLines } from './kind-output.ts';
import { explained } from './known-trouble.ts';
import { checkedKindVersion, noKind } from './kind-version.ts';

/** The installed kind, set to one engine. */
export interface KindProgram {
  readonly program: string;
  /** `0.33.0` */
  readonly version: string;
  readonly variables: Readonly<Record<string, string | undefined>>;
}

const askMs = 15_000;
const quickMs = 60_000;
/** Kind gives kubeadm four minutes for each of its two waits. */
const createMs = 900_000;

/** The version of a kind that can be worked with. Throws `local.no-kind`. */
export async function kindVersionOf(
  program: string,
  variables: KindProgram['variables'],
  signal: AbortSignal,
): Promise<string> {
  const machine = { platform: process.platform, architecture: process.arch };
  const ended = await runEngine({ name: program, variables }, ['version'], { signal, withinMs: askMs });
  if (ended.why === 'ENOENT' || ended.why === 'EACCES') throw noKind(program, machine);
  return checkedKindVersion(program, ended.output, machine);
}

/** A kind set to one engine. */
export function kindFor(
  program: string,
  engine: string,
  variables: KindProgram['variables'],
  version: string,
): KindProgram {
  // Kind would take a name from there before ours.
  const { KIND_CLUSTER_NAME: _name, ...rest } = variables;
  return { program, version, variables: { ...rest, KIND_EXPERIMENTAL_PROVIDER: engine } };
}

/** Both in one. Throws `local.no-kind`. */
export async function findKind(
  program: string,
  engine: string,
  variables: KindProgram['variables'],
  signal: AbortSignal,
): Promise<KindProgram> {
  return kindFor(program, engine, variables, await kindVersionOf(program, variables, signal));
}

export interface Creating {
  readonly args: readonly string[];
  /** Everything that it says is added to this file, without secrets. */
  readonly log: string;
  readonly signal: AbortSignal;
  readonly onLine: (line: string) => void;
  readonly onStart: (pid: number) => void;
}

/** Runs `kind create cluster`. Throws what went wrong in words for people, and `interrupted`. */
export async function createWithKind(
  kind: KindProgram,
  { args, log, signal, onLine, onStart }: Creating,
): Promise<void> {
  const lines: string[] = [];
  const end = await runGroup({
    program: kind.program,
    args: ['create', 'cluster', ...args],
    variables: kind.variables,
    signal,
    withinMs: createMs,
    onStart,
    onLine: (line) => {
      lines.push(line);
      if (lines.length > 2000) lines.shift();
      onLine(line);
    },
  }).finally(async () => {
    await appendFile(log, `${printable(redact(lines.join('\n')))}\n`, { mode: 0o600 }).catch(() => undefined);
  });
  if (end.code === 0) return;
  const said =
    end.why === 'late'
      ? `it took longer than ${createMs / 60_000} minutes`
      : end.why !== ''
        ? `it could not be run (${end.why})`
        : failureLines(lines).join('\n');
  throw explained('The cluster could not be made', said, log);
}

/** The kubeconfig of one cluster alone. Throws `local.failed`. */
export async function kubeconfigOf(kind: KindProgram, name: string, signal: AbortSignal): Promise<string> {
  const ended = await runEngine(
    { name: kind.program, variables: kind.variables },
    ['get', 'kubeconfig', '--name', name],
    { signal, withinMs: quickMs },
  );
  if (ended.code === 0 && ended.output.trim() !== '') return ended.output;
  throw explained(`kind gives no kubeconfig of ${name}`, ended.said);
}

function toFile(kubeconfig: string | null): readonly string[] {
  return kubeconfig === null ? [] : ['--kubeconfig', kubeconfig];
}

/** Writes the context of a cluster where kubectl looks, or into that file. Kind locks it against other writers. */
export async function exportKubeconfig(
  kind: KindProgram,
  name: string,
  kubeconfig: string | null,
  signal: AbortSignal,
): Promise<void> {
  const ended = await runEngine(
    { name: kind.program, variables: kind.variables },
    ['export', 'kubeconfig', '--name', name, ...toFile(kubeconfig)],
    { signal, withinMs: quickMs },
  );
  if (ended.code !== 0) throw explained(`The context of ${name} could not be written`, ended.said);
}

/** Takes the context of a cluster without nodes out of the kubeconfig. Returns whether it is out. */
export async function forgetContext(
  kind: KindProgram,
  name: string,
  kubeconfig: string | null,
  signal: AbortSignal,
): Promise<boolean> {
  return (
    (
      await runEngine(
        { name: kind.program, variables: kind.variables },
        ['delete', 'cluster', '--name', name, ...toFile(kubeconfig)],
        { signal, withinMs: quickMs },
      )
    ).code === 0
  );
}

const endWithin = 5_000;

/** Ends the kind of a run that was killed, if that very process still goes on. */
export async function endMaker(maker: ProcessIdentity | null): Promise<void> {
  if (maker === null || maker.started === '' || !(await isAlive(maker))) return;
  signalGroup(maker.pid, 'SIGTERM');
  for (const end = Date.now() + endWithin; Date.now() < end; await sleep(50)) if (!(await isAlive(maker))) return;
  signalGroup(maker.pid, 'SIGKILL');
}
