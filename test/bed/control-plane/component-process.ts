import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { lastLines, runsFromPidFile, startDaemon } from '../host/daemon.ts';

/** One process of a control plane, or beside a cluster. Its log and its pid file lie in the bed's folder, under its name. */
export type Component = { name: string; command: string; args: string[]; env?: Record<string, string> };

const ending = '.pid.json';

export function pidFileOf(folder: string, name: string): string {
  return join(folder, `${name}${ending}`);
}

/** Of everything that was started in a bed's folder, which need not be there. */
export function pidFilesIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((file) => file.endsWith(ending))
    .map((file) => join(folder, file));
}

export function startComponent(folder: string, { name, command, args, env }: Component): void {
  startDaemon({
    command,
    args,
    ...(env !== undefined && { env }),
    log: join(folder, `${name}.log`),
    pidFile: pidFileOf(folder, name),
  });
}

/** Says which of them runs no more; undefined while all do. */
export function firstEnded(folder: string, parts: readonly Component[]): string | undefined {
  const ended = parts.find((part) => !runsFromPidFile(pidFileOf(folder, part.name)));
  return ended && `${ended.name} has ended; the end of its log:\n  ${lastLines(join(folder, `${ended.name}.log`))}`;
}
