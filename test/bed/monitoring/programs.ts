import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { goTool, whyNoTools, MONITORING_TOOLS } from '../build/go-tools.ts';
import { hasPiece, keyOf, pieceOnDisk, type Piece } from '../build/pieces.ts';
import { attempt, isOnPath, run } from '../host/command.ts';
import { isDebian, isRoot } from '../host/machine.ts';
import { DEBIAN_SUITE } from '../versions.ts';

/** Where Prometheus' own programs are: on PATH, or unpacked from Debian's package. */
export type PrometheusPrograms = { prometheus: string; promtool: string };

const PACKAGE = 'prometheus';

export function prometheusPiece(): Piece {
  return { name: 'prometheus', key: keyOf(['monitoring/programs.ts'], [DEBIAN_SUITE]) };
}

/** Why Prometheus and Alertmanager cannot be had here, in words for a skipped test; undefined when they can. */
export async function whyNoMonitoring(): Promise<string | undefined> {
  return (
    (await whyNoPrometheus()) ??
    ((await alertmanagerOnPath()) === undefined ? await whyNoTools(MONITORING_TOOLS) : undefined)
  );
}

async function whyNoPrometheus(): Promise<string | undefined> {
  if (hasPiece(prometheusPiece()) || (await prometheusOnPath())) return undefined;
  if (!isDebian() || !(await isOnPath('apt-get')) || !(await isOnPath('dpkg-deb'))) {
    return 'Prometheus is not on PATH, and this is not Debian, whose package would be unpacked (install prometheus and promtool)';
  }
  return isRoot() || (await isKnown()) ? undefined : 'apt-get knows no packages yet (run apt-get update as root)';
}

/** Whether the lists of packages that are here name it. */
async function isKnown(): Promise<boolean> {
  return (await attempt('apt-cache', ['show', PACKAGE], { seconds: 60 })).code === 0;
}

async function prometheusOnPath(): Promise<boolean> {
  return (await isOnPath('prometheus')) && (await isOnPath('promtool'));
}

/** Debian's is not taken: it looks for its templates where only an installed package has them. */
async function alertmanagerOnPath(): Promise<string | undefined> {
  return (await isOnPath('alertmanager')) ? 'alertmanager' : undefined;
}

/** Unpacked and not installed: nothing is started by it, and nothing of this machine changes. */
async function unpack(folder: string): Promise<void> {
  if (!(await isKnown())) {
    await run('apt-get', ['update', '-qq'], { seconds: 300, advice: 'Run apt-get update by hand.' });
  }
  await run('apt-get', ['download', '-qq', PACKAGE], {
    cwd: folder,
    seconds: 600,
    advice: `Install the package ${PACKAGE} by hand.`,
  });
  for (const name of readdirSync(folder).filter((file) => file.endsWith('.deb'))) {
    await run('dpkg-deb', ['-x', name, '.'], { cwd: folder, seconds: 120 });
    rmSync(join(folder, name));
  }
  if (!existsSync(join(folder, 'usr/bin/prometheus'))) throw new Error(`the package holds no prometheus in ${folder}`);
}

/** Taken from PATH, or fetched once. */
export async function prometheusPrograms(): Promise<PrometheusPrograms> {
  if (await prometheusOnPath()) return { prometheus: 'prometheus', promtool: 'promtool' };
  const bin = join(await pieceOnDisk(prometheusPiece(), unpack), 'usr/bin');
  return { prometheus: join(bin, 'prometheus'), promtool: join(bin, 'promtool') };
}

/** Taken from PATH, or built once, in a minute or two. */
export async function alertmanagerProgram(): Promise<string> {
  return (await alertmanagerOnPath()) ?? join(await goTool('alertmanager'), 'alertmanager');
}
