import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { lastLines, runsFromPidFile, startDaemon, stopFromPidFile } from './daemon.ts';
import { answers, dockerAt, type Docker } from './docker.ts';
import { missing, BedError } from './failure.ts';
import { cacheFolder, lockFile, SOURCE } from './folders.ts';
import { heldLocks, withLock } from './lock.ts';
import { installPackages, isRoot, lacksSysResource } from './machine.ts';
import { say, timed } from './progress.ts';
import { comesTrue, until } from './wait.ts';

// The engine must not see the newer containerd-shim that is built for the nodes, so its PATH is Debian's alone.
const DEBIAN_PATH = { PATH: '/usr/sbin:/usr/bin:/sbin:/bin' };

function engineFiles() {
  const folder = join(cacheFolder(), 'engine');
  return {
    folder,
    socket: join(folder, 'docker.sock'),
    containerdSocket: join(folder, 'containerd.sock'),
    containerdConfig: join(folder, 'containerd.toml'),
    containerdPid: join(folder, 'containerd.pid.json'),
    containerdLog: join(folder, 'containerd.log'),
    dockerdPid: join(folder, 'dockerd.pid.json'),
    dockerdLog: join(folder, 'dockerd.log'),
  };
}

/** The bed's own engine, running or not. */
export function ownDocker(): Docker {
  return dockerAt(`unix://${engineFiles().socket}`);
}

/** Whether the bed's own engine runs: its processes are there, and it answers, even if late. */
export async function ownEngineRuns(): Promise<boolean> {
  const { socket, dockerdPid, containerdPid } = engineFiles();
  if (!existsSync(socket) || ![dockerdPid, containerdPid].every(runsFromPidFile)) return false;
  return await comesTrue(60, () => answers(ownDocker()));
}

/** Starts Debian's Docker engine on a socket of the bed's own, unless it runs already. */
export async function startOwnEngine(): Promise<Docker> {
  return await withLock(lockFile('engine'), 'the Docker engine', 180, async () => {
    if (await ownEngineRuns()) return ownDocker();
    await installPackages();
    checkSocketLength(engineFiles().containerdSocket);
    if (!isRoot()) {
      throw missing(
        'Only root can start a Docker engine.',
        'Run as root, or start the ordinary Docker of this machine.',
      );
    }
    try {
      await timed('Docker engine of the bed', startProcesses);
    } catch (error) {
      await stopProcesses();
      throw error;
    }
    return ownDocker();
  });
}

async function startProcesses(): Promise<void> {
  const files = engineFiles();
  await stopProcesses();
  mkdirSync(files.folder, { recursive: true });
  writeFileSync(files.containerdConfig, containerdConfig());
  startDaemon({
    command: '/usr/bin/containerd',
    args: ['--config', files.containerdConfig],
    env: DEBIAN_PATH,
    log: files.containerdLog,
    pidFile: files.containerdPid,
  });
  await until(
    { for: 'containerd', seconds: 30, giveUp: endedEarly(files.containerdPid, files.containerdLog) },
    async () => existsSync(files.containerdSocket),
  );
  startDaemon({
    command: '/usr/sbin/dockerd',
    args: dockerdArguments(),
    env: DEBIAN_PATH,
    log: files.dockerdLog,
    pidFile: files.dockerdPid,
  });
  await until(
    {
      for: 'dockerd',
      seconds: 60,
      advice: `Read ${files.dockerdLog}.`,
      giveUp: endedEarly(files.dockerdPid, files.dockerdLog),
    },
    serves,
  );
}

/** The engine answers some requests before it can do its work; these need all of it. */
async function serves(): Promise<boolean> {
  const docker = ownDocker();
  return (
    (await answers(docker)) &&
    (await docker.attempt(['network', 'ls'])).code === 0 &&
    (await docker.attempt(['info'])).code === 0
  );
}

function endedEarly(pidFile: string, log: string): () => string | undefined {
  return () =>
    runsFromPidFile(pidFile) ? undefined : `the process has ended; the end of ${log}:\n  ${lastLines(log)}`;
}

function containerdConfig(): string {
  const { folder, containerdSocket } = engineFiles();
  return `version = 2
root = "${folder}/containerd"
state = "${folder}/state/containerd"
disabled_plugins = ["io.containerd.grpc.v1.cri"]
[grpc]
  address = "${containerdSocket}"
`;
}

function dockerdArguments(): string[] {
  const files = engineFiles();
  const bounded = lacksSysResource()
    ? ['--add-runtime', `bounded=${join(SOURCE, 'images/node/runc-bounded')}`, '--default-runtime', 'bounded']
    : [];
  return [
    '--containerd',
    files.containerdSocket,
    '--host',
    `unix://${files.socket}`,
    '--data-root',
    `${files.folder}/docker`,
    '--exec-root',
    `${files.folder}/state/docker`,
    '--pidfile',
    `${files.folder}/dockerd.pid`,
    ...bounded,
  ];
}

function checkSocketLength(socket: string): void {
  if (socket.length <= 100) return;
  throw new BedError(
    `${socket} is too long for a socket.`,
    'Set AUTODEVOPS_BED_CACHE to a folder with a shorter path.',
  );
}

async function stopProcesses(): Promise<void> {
  const files = engineFiles();
  await stopFromPidFile(files.dockerdPid, 30);
  await stopFromPidFile(files.containerdPid);
  for (const left of [files.socket, files.containerdSocket, `${files.folder}/dockerd.pid`]) {
    rmSync(left, { force: true });
  }
}

/** Stops the bed's own engine when no container runs in it any more. */
export async function stopOwnEngineIfIdle(): Promise<void> {
  await withLock(lockFile('engine'), 'the Docker engine', 180, async () => {
    if (!(await ownEngineRuns())) return;
    const running = (await ownDocker().run(['ps', '--quiet'])).trim();
    if (running === '' && aClusterIsBusy()) return say('the engine keeps running for another run');
    if (running !== '') return say(`the engine keeps running for ${running.split('\n').length} other containers`);
    await stopProcesses();
    say('Docker engine stopped');
  });
}

/** Whether some run is at work on a cluster: it may have looked at the engine already and not started a container yet. */
function aClusterIsBusy(): boolean {
  return heldLocks().some((name) => name.startsWith('cluster-'));
}
