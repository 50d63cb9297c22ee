import { describe, expect, it } from 'vitest';
import type { MachineFacts } from '../surroundings.ts';
import { checkEngine, checkKind } from './programs.ts';

/** A machine on which these programs answer so. */
function machineWith(programs: Readonly<Record<string, string>>): MachineFacts {
  return { nodeVersion: 'v24.0.0', programVersion: async (program) => programs[program] };
}

describe('what makes local clusters', () => {
  it.each([
    [{ docker: '27.0.1', podman: 'podman version 5.2.0' }, 'Docker 27.0.1'],
    [{ podman: 'podman version 5.2.0' }, 'podman version 5.2.0'],
    [{ nerdctl: 'nerdctl version 2.0.1' }, 'nerdctl version 2.0.1'],
  ])('runs in the engine that is here: %j', async (programs, says) => {
    expect(await checkEngine(machineWith(programs))).toMatchObject({ name: 'container engine', state: 'fine', says });
  });

  it('is not said to run where no engine is', async () => {
    expect(await checkEngine(machineWith({}))).toMatchObject({
      state: 'optional',
      says: 'neither Docker, Podman nor nerdctl is here; needed for local Kind clusters only',
    });
  });

  it('is the kind that the person names, wherever it lies', async () => {
    const machine = machineWith({ '/opt/kind': 'kind v0.30.0' });
    expect(await checkKind(machine, '/opt/kind')).toMatchObject({ state: 'fine', says: 'kind v0.30.0' });
    expect(await checkKind(machine)).toMatchObject({ name: 'kind', state: 'optional' });
  });
});
