import { join } from 'node:path';
import { lastLines, runsFromPidFile, startDaemon } from '../host/daemon.ts';

/** One process of a control plane, or beside one. Its log and its pid file lie in the bed's folder, under its name. */
export type Component = { name: string; command: string; args: string[]; env?: Record<string, string> };

export function startComponent(folder: string, { name, command, args, env }: Component): void {
  startDaemon({
    command,
    args,
    ...(env !== undefined && { env }),
    log: join(folder, `${name}.log`),
    pidFile: join(folder, `${name}.pid.json`),
  });
}

/** Says which of them runs no more; undefined while all do. */
export function firstEnded(folder: string, parts: readonly Component[]): string | undefined {
  const ended = parts.find((part) => !runsFromPidFile(join(folder, `${part.name}.pid.json`)));
  return ended && `${ended.name} has ended; the end of its log:\n  ${lastLines(join(folder, `${ended.name}.log`))}`;
}
