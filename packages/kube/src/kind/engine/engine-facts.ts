import { flag, name, number, object, texts } from '@autodevops/domain/kubernetes/shape';

export type EngineName = 'docker' | 'podman' | 'nerdctl';
/** In the order in which they are asked, which is kind's own but for Podman before nerdctl. */
export const engineNames: readonly EngineName[] = ['docker', 'podman', 'nerdctl'];

/** What an engine says of itself and of the machine that it runs on, which may be a virtual one. */
export interface EngineFacts {
  readonly version: string;
  readonly cpus: number;
  /** Bytes; 0 when it does not say. */
  readonly memory: number;
  /** 1 or 2; 0 when it does not say. */
  readonly cgroup: number;
  readonly rootless: boolean;
  /** Whether a program's limits are kept: no for a rootless engine without delegation. */
  readonly keepsLimits: boolean;
}

/** The words to ask with. */
export function infoArguments(engine: EngineName): readonly string[] {
  return engine === 'podman' ? ['info', '--format', 'json'] : ['info', '--format', '{{json .}}'];
}

const dockerInfo = object({
  ServerVersion: name,
  NCPU: number,
  MemTotal: number,
  CgroupVersion: name,
  SecurityOptions: texts,
  MemoryLimit: flag,
  ServerErrors: texts,
});
const podmanInfo = object({
  host: object({
    cpus: number,
    memTotal: number,
    cgroupVersion: name,
    cgroupControllers: texts,
    security: object({ rootless: flag }),
  }),
  version: object({ Version: name }),
});

function digits(text: string): number {
  const found = /\d+/.exec(text)?.[0];
  return found === undefined ? 0 : Number(found);
}

function parsed(output: string): unknown {
  try {
    return JSON.parse(output);
  } catch {
    return undefined;
  }
}

/** Undefined when this is no answer of that engine, or its server does not answer. */
export function readEngineInfo(engine: EngineName, output: string): EngineFacts | undefined {
  const raw = parsed(output);
  if (typeof raw !== 'object' || raw === null) return undefined;
  if (engine === 'podman') {
    const { host, version } = podmanInfo.read(raw);
    if (version.Version === '') return undefined;
    const rootless = host.security.rootless === true;
    return {
      version: version.Version,
      cpus: host.cpus ?? 0,
      memory: host.memTotal ?? 0,
      cgroup: digits(host.cgroupVersion),
      rootless,
      keepsLimits: !rootless || host.cgroupControllers.includes('memory'),
    };
  }
  // A `docker` that is Podman in disguise answers in Podman's words and has no ServerVersion.
  const info = dockerInfo.read(raw);
  if (info.ServerVersion === '' || info.ServerErrors.length > 0) return undefined;
  return {
    version: info.ServerVersion,
    cpus: info.NCPU ?? 0,
    memory: info.MemTotal ?? 0,
    cgroup: digits(info.CgroupVersion),
    rootless: info.SecurityOptions.some((option) => option.includes('rootless')),
    keepsLimits: info.MemoryLimit !== false,
  };
}
