import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { HeldMemory, TooMuchHeld } from './held-memory.ts';

const most = 100_000;
let made = 0;
/** Ten of them are too much. */
const large = (): object => ({ text: `${made++} ${'x'.repeat(10_000)}` });

/** Adds objects to a list that is held, as readers do. */
function adding(memory: HeldMemory): { readonly list: object[]; readonly add: (object: object) => void } {
  const list: object[] = [];
  memory.hold(() => list);
  const add = (object: object): void => {
    memory.add(object, list.at(-1));
    list.push(object);
  };
  return { list, add };
}

function fill(add: (object: object) => void): number {
  let added = 0;
  try {
    for (; added < 1000; added += 1) add(large());
  } catch (error) {
    expect(error).toEqual(new TooMuchHeld(most));
  }
  return added;
}

describe('what may be held', () => {
  it('ends where the objects of all lists together are too much', () => {
    const memory = new HeldMemory(most);
    expect(fill(adding(memory).add)).toBe(9);
    expect(() => memory.add(large(), undefined)).toThrow(TooMuchHeld);
  });

  it('is not used up by versions of one object that came after each other', () => {
    const memory = new HeldMemory(most);
    let current: object = large();
    memory.hold(() => [current]);
    for (let version = 0; version < 1000; version += 1) {
      const next = large();
      memory.add(next, current);
      current = next;
    }
  });

  it('is not used up by what objects share', () => {
    const { list, add } = adding(new HeldMemory(most));
    const spec = large();
    for (let index = 0; index < 500; index += 1) add({ spec });
    expect(list).toHaveLength(500);
  });

  it('has room again when a list is let go', () => {
    const memory = new HeldMemory(most);
    const kept = adding(memory);
    kept.add(large());
    const list: object[] = [];
    const letGo = memory.hold(() => list);
    fill((object) => {
      memory.add(object, undefined);
      list.push(object);
    });
    letGo();
    expect(fill(kept.add)).toBeGreaterThan(5);
  });

  it('is looked at once, not for each object that comes, while there is no room', () => {
    let now = 0;
    vi.spyOn(performance, 'now').mockImplementation(() => now);
    onTestFinished(() => void vi.restoreAllMocks());
    const weighed = vi.fn();
    const memory = new HeldMemory(most, weighed);
    const { list, add } = adding(memory);
    fill(add);
    for (let index = 0; index < 100; index += 1) expect(() => add(large())).toThrow(TooMuchHeld);
    expect(weighed).toHaveBeenCalledTimes(1);
    list.length = 0;
    now = 10_000;
    add(large());
    expect([list.length, weighed.mock.calls.length]).toEqual([1, 2]);
  });

  it('refuses one object that is too much by itself', () => {
    const memory = new HeldMemory(most);
    expect(() => memory.add({ text: 'x'.repeat(most) }, undefined)).toThrow(TooMuchHeld);
  });
});
