import { expect, it } from 'vitest';
import { readEngineInfo } from './engine-facts.ts';

it('reads Docker, and sees rootless and cgroup v1', () => {
  const info = {
    ServerVersion: '27.3.1',
    NCPU: 8,
    MemTotal: 8_000_000_000,
    CgroupVersion: '1',
    SecurityOptions: ['name=seccomp,profile=builtin', 'name=rootless'],
    MemoryLimit: false,
  };
  expect(readEngineInfo('docker', JSON.stringify(info))).toEqual({
    version: '27.3.1',
    cpus: 8,
    memory: 8_000_000_000,
    cgroup: 1,
    rootless: true,
    keepsLimits: false,
  });
});

it('reads Podman', () => {
  const info = {
    host: {
      cpus: 4,
      memTotal: 16_000_000_000,
      cgroupVersion: 'v2',
      cgroupControllers: ['memory', 'pids'],
      security: { rootless: true },
    },
    version: { Version: '5.4.0' },
  };
  expect(readEngineInfo('podman', JSON.stringify(info))).toEqual({
    version: '5.4.0',
    cpus: 4,
    memory: 16_000_000_000,
    cgroup: 2,
    rootless: true,
    keepsLimits: true,
  });
});

it('does not take for Docker what is Podman under its name, nor a client without its server', () => {
  expect(
    readEngineInfo('docker', JSON.stringify({ host: { cpus: 4 }, version: { Version: '5.4.0' } })),
  ).toBeUndefined();
  expect(
    readEngineInfo('docker', JSON.stringify({ ServerVersion: '', ServerErrors: ['Cannot connect'] })),
  ).toBeUndefined();
  for (const output of ['', 'null', '[]', 'no JSON']) expect(readEngineInfo('docker', output)).toBeUndefined();
});
