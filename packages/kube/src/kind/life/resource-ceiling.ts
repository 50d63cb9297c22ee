import { AutoDevOpsError } from '@autodevops/domain/errors';
import type { LocalCeiling } from '@autodevops/domain/ports/local-cluster';
import { formatBytes, formatCores } from '@autodevops/domain/quantity';

/** The machine, and what of it the engine has: all, or what its virtual machine was given. Bytes and cores. */
export interface MachineSize {
  readonly memory: number;
  readonly cpus: number;
  readonly engineMemory: number;
  readonly engineCpus: number;
}

/** What the nodes together may take; undefined: no bound. */
export interface Ceiling {
  readonly memory: number | undefined;
  readonly cpus: number | undefined;
}

const mebibyte = 2 ** 20;
/** A control plane of 1.36 with its etcd takes about 700 MiB, a worker about 250 (measured); the rest is for pods. */
const memoryPerNode = 768 * mebibyte;
/** Control plane counted twice: it starts slowly enough with one core (measured: 25 s on two). */
const cpusPerShare = 0.5;

function needOf(nodes: number): { readonly memory: number; readonly cpus: number } {
  return { memory: nodes * memoryPerNode, cpus: (nodes + 1) * cpusPerShare };
}

function tooSmall(what: string, remedy: string): AutoDevOpsError {
  return new AutoDevOpsError('local.too-small', what, remedy);
}

const told =
  'Take fewer nodes (`cluster.nodes`), or say that it may take more than half: `cluster.resources.overHalf: true`.';

function checkEngine(nodes: number, { engineMemory, memory }: MachineSize): void {
  const need = needOf(nodes).memory;
  if (engineMemory >= need) return;
  const where =
    engineMemory < memory * 0.9
      ? "Give the engine's virtual machine more (Docker Desktop: Settings, Resources)"
      : 'Close something';
  throw tooSmall(
    `The container engine has ${formatBytes(engineMemory)} of memory; ${nodes} ${nodes === 1 ? 'node needs' : 'nodes need'} about ${formatBytes(need)}.`,
    `${where}, or take fewer nodes (\`cluster.nodes\`).`,
  );
}

function bound(asked: number | undefined, half: number, has: number, overHalf: boolean): number | undefined {
  if (asked !== undefined) return Math.min(asked, has);
  return overHalf ? undefined : Math.min(half, has);
}

function refuseOverHalf(
  { memory, cpus, overHalf }: LocalCeiling,
  half: { readonly memory: number; readonly cpus: number },
): void {
  if (overHalf) return;
  if (memory !== undefined && memory > half.memory) {
    throw tooSmall(
      `cluster.resources.memory is ${formatBytes(memory)}, more than half of this machine's memory (${formatBytes(half.memory)}).`,
      'Ask for less, or add `overHalf: true` to it.',
    );
  }
  if (cpus !== undefined && cpus > half.cpus) {
    throw tooSmall(
      `cluster.resources.cpus is ${formatCores(cpus)}, more than half of this machine's cores (${formatCores(half.cpus)}).`,
      'Ask for less, or add `overHalf: true` to it.',
    );
  }
}

/**
 * What a cluster of so many nodes may take: what the configuration says, else half of the machine, which is never gone
 * over unasked. Throws `local.too-small` where the nodes would not have enough in it.
 */
export function ceilingFor(nodes: number, wish: LocalCeiling, size: MachineSize): Ceiling {
  checkEngine(nodes, size);
  const half = { memory: size.memory / 2, cpus: size.cpus / 2 };
  refuseOverHalf(wish, half);
  const ceiling = {
    memory: bound(wish.memory, half.memory, size.engineMemory, wish.overHalf),
    cpus: bound(wish.cpus, half.cpus, size.engineCpus, wish.overHalf),
  };
  const need = needOf(nodes);
  const many = `${nodes} ${nodes === 1 ? 'node' : 'nodes'}`;
  if ((ceiling.memory ?? Infinity) < need.memory) {
    throw tooSmall(
      `${many} would have ${formatBytes(ceiling.memory ?? 0)} of memory; about ${formatBytes(need.memory)} ${nodes === 1 ? 'is' : 'are'} needed.`,
      told,
    );
  }
  if ((ceiling.cpus ?? Infinity) < need.cpus) {
    throw tooSmall(
      `${many} would have ${formatCores(ceiling.cpus ?? 0)} cores; about ${formatCores(need.cpus)} are needed.`,
      told,
    );
  }
  return ceiling;
}

/** What one node may take of it: memory in equal parts, cores with two parts for the control plane. */
export function shareOf({ memory, cpus }: Ceiling, role: 'control-plane' | 'worker', nodes: number): Ceiling {
  return {
    memory: memory === undefined ? undefined : Math.floor(memory / nodes / mebibyte) * mebibyte,
    cpus:
      cpus === undefined
        ? undefined
        : Math.floor((cpus / (nodes + 1)) * (role === 'control-plane' ? 2 : 1) * 100) / 100,
  };
}

/** For the node's own programs, beside its pods. */
const daemons = 192 * mebibyte;

/**
 * What a kubelet has to set aside so that its pods get no more than the node's share: it sees the memory of the whole
 * machine. Bytes; undefined without a ceiling.
 */
export function setAside({ memory }: Ceiling, nodes: number, engineMemory: number): number | undefined {
  if (memory === undefined) return undefined;
  const pods = Math.floor(memory / nodes) - daemons;
  return Math.max(0, Math.floor((engineMemory - pods) / mebibyte) * mebibyte);
}
