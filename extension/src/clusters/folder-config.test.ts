import { describe, expect, it } from 'vitest';
import { AutoDevOpsError } from '@autodevops/domain/errors';
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
    if (invalid) throw new AutoDevOpsError('config.invalid', 'line 3 is wrong', 'Correct it.');
    return given;
  });
  return { found, read, told };
}

describe('the configuration of a folder', () => {
  it('is read where it lies, and says which context it is about', async () => {
    const { found } = configs('kind-shop');
    await found.refresh();
    expect(found.state.value).toEqual({
      path: '/home/ann/shop/local-config.yaml',
      context: 'kind-shop',
      problem: undefined,
    });
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

  it('is about no cluster that is known where it is not valid, and says why and how else', async () => {
    const { found, told } = configs('x', { invalid: true });
    await found.refresh();
    expect(found.state.value).toMatchObject({
      context: undefined,
      problem: {
        code: 'config.invalid',
        message: 'line 3 is wrong',
        remedy: 'Correct it. Or name another file by the setting autodevops.local.config.',
      },
    });
    expect(told).toEqual(['line 3 is wrong']);
  });
});
