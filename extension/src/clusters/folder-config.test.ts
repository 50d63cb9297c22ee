import { describe, expect, it } from 'vitest';
import { Settings } from '../settings/settings.ts';
import { FolderConfigs } from './folder-config.ts';

function configs(
  text: string | undefined,
  { trusted = true, invalid = false } = {},
): { readonly found: FolderConfigs; readonly read: string[]; readonly told: string[] } {
  const read: string[] = [];
  const told: string[] = [];
  const folder = {
    trusted: () => trusted,
    path: () => '/home/ann/shop',
    read: async (path: string) => {
      read.push(path);
      return text;
    },
    write: async () => undefined,
  };
  const log = {
    info: () => undefined,
    warn: (line: string) => void told.push(line),
    error: () => undefined,
    show: () => undefined,
  };
  const found = new FolderConfigs({ folder, log, settings: () => Settings.parse({}) }, async (given) => {
    if (invalid) throw new Error('line 3 is wrong');
    return given;
  });
  return { found, read, told };
}

describe('the configuration of a folder', () => {
  it('is read where it lies, and says which context it is about', async () => {
    const { found } = configs('kind-shop');
    await found.refresh();
    expect(found.state.value).toEqual({ path: '/home/ann/shop/local-config.yaml', context: 'kind-shop' });
  });

  it('is none where there is no such file', async () => {
    const { found } = configs(undefined);
    await found.refresh();
    expect(found.state.value).toBeUndefined();
  });

  it('is not looked for in a folder that is not trusted', async () => {
    const { found, read } = configs('kind-shop', { trusted: false });
    await found.refresh();
    expect(found.state.value).toBeUndefined();
    expect(read).toEqual([]);
  });

  it('counts as none where it is not valid, and the mistake is told', async () => {
    const { found, told } = configs('x', { invalid: true });
    await found.refresh();
    expect(found.state.value).toBeUndefined();
    expect(told).toEqual(['line 3 is wrong']);
  });
});
