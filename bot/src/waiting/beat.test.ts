import { expect, it } from 'vitest';
import { beat } from './beat.ts';

it('lets all who wait go on together, and those who come later with the next', async () => {
  const ends: (() => void)[] = [];
  const next = beat(25, async (milliseconds) => {
    expect(milliseconds).toBe(25);
    await new Promise<void>((resolve) => {
      ends.push(resolve);
    });
  });
  const gone: string[] = [];
  const wait = async (name: string): Promise<void> => {
    await next();
    gone.push(name);
  };
  const first = [wait('a'), wait('b')];
  expect(ends).toHaveLength(1);
  ends[0]?.();
  await Promise.all(first);
  expect(gone).toEqual(['a', 'b']);
  const last = wait('c');
  expect(ends).toHaveLength(2);
  ends[1]?.();
  await last;
  expect(gone).toEqual(['a', 'b', 'c']);
});
