import { describe, expect, it } from 'vitest';
import { listFiles } from './source-files.ts';

/** https://learn.microsoft.com/windows/win32/fileio/naming-a-file */
const reserved = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;
const refused = /[<>:"|?*\\]|[ .]$/;
/** Git for Windows checks out no path of more than 260 characters; so many are left for the folder that the checkout is in. */
const longest = 260 - 80;

describe('a path of the checkout', () => {
  const paths = listFiles();

  it('can be had on Windows', () => {
    const wrong = paths.filter((path) => path.split('/').some((part) => reserved.test(part) || refused.test(part)));
    expect(wrong).toEqual([]);
  });

  it('is short enough for Windows', () => {
    expect(paths.filter((path) => path.length > longest)).toEqual([]);
  });

  it('is told from every other one where capital letters are not', () => {
    const seen = new Map<string, string>();
    const twice = paths.filter((path) => {
      const before = seen.get(path.toLowerCase());
      seen.set(path.toLowerCase(), path);
      return before !== undefined;
    });
    expect(twice).toEqual([]);
  });
});
