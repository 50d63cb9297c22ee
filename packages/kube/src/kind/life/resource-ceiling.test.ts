import { expect, it } from 'vitest';
import { ceilingFor, setAside, shareOf } from './resource-ceiling.ts';

const gibibyte = 2 ** 30;
const laptop = { memory: 16 * gibibyte, cpus: 8, engineMemory: 16 * gibibyte, engineCpus: 8 };
const unasked = { memory: undefined, cpus: undefined, overHalf: false };

it('is half of the machine when nothing is said', () => {
  expect(ceilingFor(3, unasked, laptop)).toEqual({ memory: 8 * gibibyte, cpus: 4 });
});

it('is what is asked for, up to half', () => {
  expect(ceilingFor(3, { memory: 4 * gibibyte, cpus: 3, overHalf: false }, laptop)).toEqual({
    memory: 4 * gibibyte,
    cpus: 3,
  });
  expect(() => ceilingFor(3, { ...unasked, memory: 9 * gibibyte }, laptop)).toThrow(
    "more than half of this machine's memory (8Gi)",
  );
  expect(() => ceilingFor(3, { ...unasked, cpus: 5 }, laptop)).toThrow("more than half of this machine's cores (4)");
});

it('goes over half only when told to', () => {
  expect(ceilingFor(3, { memory: 12 * gibibyte, cpus: 6, overHalf: true }, laptop)).toEqual({
    memory: 12 * gibibyte,
    cpus: 6,
  });
  expect(ceilingFor(3, { ...unasked, overHalf: true }, laptop)).toEqual({ memory: undefined, cpus: undefined });
});

it('is never more than the engine has', () => {
  expect(ceilingFor(3, unasked, { ...laptop, engineMemory: 4 * gibibyte, engineCpus: 2 })).toEqual({
    memory: 4 * gibibyte,
    cpus: 2,
  });
});

it('refuses a machine of which half is too little, and says what to do', () => {
  expect(() =>
    ceilingFor(3, unasked, { memory: 24 * gibibyte, cpus: 2, engineMemory: 24 * gibibyte, engineCpus: 2 }),
  ).toThrow('3 nodes would have 1 cores; about 2 are needed');
  expect(() =>
    ceilingFor(3, unasked, { memory: 4 * gibibyte, cpus: 8, engineMemory: 4 * gibibyte, engineCpus: 8 }),
  ).toThrow('3 nodes would have 2Gi of memory');
  expect(ceilingFor(1, unasked, { memory: 4 * gibibyte, cpus: 2, engineMemory: 4 * gibibyte, engineCpus: 2 })).toEqual({
    memory: 2 * gibibyte,
    cpus: 1,
  });
});

it('refuses an engine with too little memory, whatever it is told', () => {
  expect(() => ceilingFor(3, { ...unasked, overHalf: true }, { ...laptop, engineMemory: gibibyte })).toThrow(
    'The container engine has 1Gi of memory',
  );
});

it('is shared so that all nodes together stay under it', () => {
  const ceiling = { memory: 8 * gibibyte, cpus: 4 };
  const shares = (['control-plane', 'worker', 'worker'] as const).map((role) => shareOf(ceiling, role, 3));
  expect(shares.reduce((sum, { cpus = 0 }) => sum + cpus, 0)).toBeLessThanOrEqual(4);
  expect(shares.reduce((sum, { memory = 0 }) => sum + memory, 0)).toBeLessThanOrEqual(8 * gibibyte);
  expect(shares[0]?.cpus).toBe(2);
});

it('is told to kubelets as what they have to set aside of the whole machine', () => {
  const aside = setAside({ memory: 8 * gibibyte, cpus: 4 }, 3, 16 * gibibyte) ?? 0;
  expect((16 * gibibyte - aside) * 3).toBeLessThanOrEqual(8 * gibibyte);
  expect(setAside({ memory: undefined, cpus: 1 }, 3, gibibyte)).toBeUndefined();
});
