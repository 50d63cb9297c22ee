import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { goTool } from '../build/go-tools.ts';
import type { Component } from '../control-plane/component-process.ts';
import { freePorts } from '../control-plane/ports.ts';
import type { Bed } from '../fixtures.ts';
import { runFolder } from '../host/folders.ts';
import { serveKinds } from './custom-kinds.ts';
import { startBeside, type ProgramsBeside } from './programs-beside.ts';

const CONTROLLERS = ['source-controller', 'kustomize-controller', 'helm-controller'] as const;

/** Flux beside a cluster: its kinds, and its controllers as processes of this machine. */
export async function startFlux(bed: Bed): Promise<ProgramsBeside> {
  const tools = await goTool('flux');
  await serveKinds(bed, tools);
  const folder = runFolder(bed.name);
  const ports = await freePorts(CONTROLLERS.length * 2 + 1);
  const storage = `127.0.0.1:${ports.pop()}`;
  const parts = CONTROLLERS.map((name) =>
    controller(name, { bed, tools, folder, metrics: ports.pop() ?? 0, health: ports.pop() ?? 0 }),
  );
  parts[0]?.args.push(
    `--storage-path=${madeFolder(folder, 'flux-artifacts')}`,
    `--storage-addr=${storage}`,
    `--storage-adv-addr=${storage}`,
  );
  return await startBeside(
    bed,
    parts,
    parts.map(({ name, health }) => ({ of: name, url: `http://127.0.0.1:${health}/readyz` })),
  );
}

type Place = { bed: Bed; tools: string; folder: string; metrics: number; health: number };

function controller(name: string, { bed, tools, folder, metrics, health }: Place): Component & { health: number } {
  return {
    name,
    health,
    command: join(tools, name),
    args: [
      `--metrics-addr=127.0.0.1:${metrics}`,
      `--health-addr=127.0.0.1:${health}`,
      '--enable-leader-election=false',
      '--requeue-dependency=2s',
    ],
    env: {
      KUBECONFIG: bed.kubeconfigPath,
      RUNTIME_NAMESPACE: 'flux-system',
      TMPDIR: madeFolder(folder, `${name}.tmp`),
    },
  };
}

function madeFolder(folder: string, name: string): string {
  const made = join(folder, name);
  mkdirSync(made, { recursive: true });
  return made;
}
