import { beforeEach, describe, expect, it } from 'vitest';
import { resetStandIn, standIn } from '../testing/vscode-stand-in.ts';
import { FileWatch } from './file-watch.ts';

beforeEach(() => resetStandIn());

describe('a file that is watched', () => {
  it('is looked at again when another program writes it, also where it was not there', () => {
    let looks = 0;
    new FileWatch(() => {
      looks += 1;
    }).watch(['/home/ann/.kube/config']);
    for (const what of ['create', 'change', 'delete'] as const) {
      standIn.watchers.get('/home/ann/.kube/config')?.[what].fire(undefined);
    }
    expect(looks).toBe(3);
  });

  it('is watched once however often it is named, and no more when another is', () => {
    const watch = new FileWatch(() => undefined);
    watch.watch(['/a/config']);
    const first = standIn.watchers.get('/a/config');
    watch.watch(['/a/config']);
    expect(standIn.watchers.get('/a/config')).toBe(first);
    watch.watch(['/b/config']);
    expect(standIn.watchers.get('/a/config')).toBeUndefined();
    watch.dispose();
    expect(standIn.watchers.get('/b/config')).toBeUndefined();
  });
});
