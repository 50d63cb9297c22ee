import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { goTool, whyNoTools } from '../build/go-tools.ts';
import { ask, isReady } from '../cluster/api.ts';
import { writeKubeconfig } from '../cluster/kubeconfig.ts';
import { kubeconfigOf, listBeds, readState, writeState, type BedState } from '../cluster/state.ts';
import { endOrphans, isOnPath } from '../host/command.ts';
import { runsFromPidFile, stopFromPidFile } from '../host/daemon.ts';
import { BedError, missing } from '../host/failure.ts';
import { lockFile, runFolder } from '../host/folders.ts';
import { withLock } from '../host/lock.ts';
import { isAlive, identify } from '../host/pid.ts';
import { say, timed } from '../host/progress.ts';
import { comesTrue, until } from '../host/wait.ts';
import { KUBERNETES } from '../versions.ts';
import { createCertificates, type CertificateFolder } from './certificates.ts';
import { firstEnded, pidFileOf, pidFilesIn, startComponent } from './component-process.ts';
import { components, type ControlPlaneOptions } from './components.ts';
import { freePorts } from './ports.ts';

/** Why this machine cannot run the layer "control-plane", or undefined when it can. */
export async function whyNoControlPlane(): Promise<string | undefined> {
  if (!(await isOnPath('openssl'))) return 'openssl is missing (install openssl; it makes the certificates)';
  return await whyNoTools(['etcd', 'kubernetes-control-plane']);
}

/** Makes everything that a control plane needs and starts none. */
export async function controlPlaneBuild(): Promise<void> {
  const reason = await whyNoControlPlane();
  if (reason !== undefined) {
    throw missing(`This machine cannot run a control plane: ${reason}.`, 'Install what is missing and try again.');
  }
  for (const tool of ['etcd', 'kubernetes-control-plane'] as const) await goTool(tool);
}

export type StartOptions = ControlPlaneOptions & {
  /** Belongs to this process: should it be killed, the next run of the bed removes what it started. */ private?: boolean;
};

/** Starts a control plane of that name, or finds it running; reused says which. */
export async function controlPlaneUp(
  name: string,
  options: StartOptions = {},
): Promise<{ state: BedState; reused: boolean }> {
  return await withLock(lockFile(`cluster-${name}`), `the control plane ${name}`, 2400, async () => {
    const known = readState(name);
    if (known !== undefined && known.layer !== 'control-plane') {
      throw new BedError(
        `"${name}" is a bed of the layer ${known.layer}.`,
        'Choose another --name, or end that one first.',
      );
    }
    if (known?.phase === 'running' && allProcessesRun(name) && (await comesTrue(60, () => isReady(known.kubeconfig)))) {
      say(`the control plane ${name} is running already`);
      return { state: known, reused: true };
    }
    await endOrphans();
    await removeControlPlane(name);
    return { state: await create(name, options), reused: false };
  });
}

async function create(name: string, options: StartOptions): Promise<BedState> {
  await controlPlaneBuild();
  const tools = { etcd: await goTool('etcd'), kubernetes: await goTool('kubernetes-control-plane') };
  const [api, etcd, etcdPeer] = (await freePorts(3)) as [number, number, number];
  const state: BedState = {
    name,
    layer: 'control-plane',
    phase: 'starting',
    started: new Date().toISOString(),
    kubeconfig: kubeconfigOf(name),
    serverUrl: `https://127.0.0.1:${api}`,
    versions: { kubernetes: KUBERNETES },
    ...(options.private && { owner: identify(process.pid) }),
  };
  writeState(state);
  await timed(`control plane ${name}`, async () => {
    const folder = runFolder(name);
    const certificates = await prepare(folder, state);
    const parts = components(folder, tools, { api, etcd, etcdPeer }, certificates, options);
    for (const part of parts.slice(0, 2)) startComponent(folder, part);
    await until(
      { for: 'kube-apiserver', seconds: 120, everyMs: 100, giveUp: () => firstEnded(folder, parts.slice(0, 2)) },
      () => isReady(state.kubeconfig),
    );
    for (const part of parts.slice(2)) startComponent(folder, part);
    if (options.controllerManager ?? true) await controllersWork(state.kubeconfig, () => firstEnded(folder, parts));
  });
  state.phase = 'running';
  writeState(state);
  return state;
}

async function prepare(folder: string, state: BedState): Promise<CertificateFolder> {
  const pki = join(folder, 'certificates');
  mkdirSync(pki, { recursive: true, mode: 0o700 });
  const certificates = await createCertificates(pki);
  const access = (file: string, user: string): void =>
    writeKubeconfig(file, state.name, {
      server: state.serverUrl ?? '',
      ca: certificates.text(certificates.certificate('ca')),
      certificate: certificates.text(certificates.certificate(user)),
      key: certificates.text(certificates.key(user)),
    });
  access(state.kubeconfig, 'admin');
  for (const user of ['controller-manager', 'scheduler']) access(join(folder, `${user}.kubeconfig`), user);
  return certificates;
}

/** The ServiceAccount "default" is the first thing that a controller makes by itself, and pods need it. */
async function controllersWork(kubeconfig: string, giveUp: () => string | undefined): Promise<void> {
  const path = '/api/v1/namespaces/default/serviceaccounts/default';
  await until(
    { for: 'kube-controller-manager', seconds: 60, everyMs: 50, giveUp },
    async () => (await ask(kubeconfig, 'GET', path)).status === 200,
  );
}

/** Whether every process of the control plane still runs. */
export function allProcessesRun(name: string): boolean {
  const files = pidFilesIn(runFolder(name));
  return files.length > 0 && files.every(runsFromPidFile);
}

async function removeControlPlane(name: string): Promise<void> {
  if (readState(name)?.layer === 'control-plane') {
    const order = ['kube-scheduler', 'kube-controller-manager', 'kube-apiserver', 'etcd'].map((part) =>
      pidFileOf(runFolder(name), part),
    );
    const beside = pidFilesIn(runFolder(name)).filter((file) => !order.includes(file));
    await Promise.all(beside.map((file) => stopFromPidFile(file, 3)));
    for (const file of order) await stopFromPidFile(file, file.includes('kube-apiserver') ? 1 : 3);
  }
  rmSync(runFolder(name), { recursive: true, force: true });
}

/** Ends the control plane of that name by its pid files, and removes its folder. */
export async function controlPlaneDown(name: string): Promise<void> {
  await withLock(lockFile(`cluster-${name}`), `the control plane ${name}`, 300, async () => {
    if (readState(name) === undefined) return say(`no control plane ${name} is known; nothing to do`);
    await removeControlPlane(name);
    say(`control plane ${name} removed`);
  });
}

/** Ends private control planes whose test run no longer exists. */
export async function endAbandoned(): Promise<void> {
  for (const state of listBeds()) {
    if (state.layer !== 'control-plane' || state.owner === undefined || isAlive(state.owner)) continue;
    say(`${state.name} was left by a run that no longer exists`);
    await controlPlaneDown(state.name);
  }
}
