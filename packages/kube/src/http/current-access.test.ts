import { describe, expect, it } from 'vitest';
import type { ClusterAccess } from '../kubeconfig/kubeconfig.ts';
import { plainAccess } from '../kubeconfig/plain-access.ts';
import { createCurrentAccess } from './current-access.ts';

/** An access each of whose renewals is another one. */
function renewable(renewals: string[]): ClusterAccess {
  const access = (name: string): ClusterAccess => ({
    ...plainAccess(name, 'http://127.0.0.1:1'),
    renew: async () => {
      renewals.push(name);
      return access(`${name}+`);
    },
  });
  return access('a');
}

describe('an access that the API server refuses', () => {
  it('is renewed once for all who were refused with it, at once or later', async () => {
    const renewals: string[] = [];
    const current = createCurrentAccess(renewable(renewals));
    const first = current.get();
    expect(await Promise.all([1, 2, 3].map(() => current.renewed(first)))).toEqual([true, true, true]);
    expect(await current.renewed(first)).toBe(true);
    expect(renewals).toEqual(['a']);
    expect(current.get().name).toBe('a+');
  });

  it('is not renewed again at once when the new one is refused too', async () => {
    const renewals: string[] = [];
    const current = createCurrentAccess(renewable(renewals));
    await current.renewed(current.get());
    expect(await current.renewed(current.get())).toBe(false);
    expect(renewals).toEqual(['a']);
  });

  it('stays when there is no other, which throws nothing', async () => {
    const initial: ClusterAccess = {
      ...plainAccess('a', 'http://127.0.0.1:1'),
      renew: () => Promise.reject(new Error('the file is gone')),
    };
    const current = createCurrentAccess(initial);
    expect(await current.renewed(initial)).toBe(false);
    expect(current.get()).toBe(initial);
  });
});
