import { existsSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { inTurn } from './start-turn.ts';

function place(): string {
  const folder = mkdtempSync(join(tmpdir(), 'autodevops-turn-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

const patient = (): AbortSignal => AbortSignal.timeout(30_000);

describe('a turn', () => {
  it('is of one at a time, and everybody gets one', async () => {
    const folder = place();
    let inside = 0;
    let most = 0;
    await Promise.all(
      Array.from({ length: 5 }, () =>
        inTurn(folder, patient(), async () => {
          most = Math.max(most, ++inside);
          await new Promise((resolve) => {
            setImmediate(resolve);
          });
          inside -= 1;
        }),
      ),
    );
    expect(most).toBe(1);
    expect(existsSync(join(folder, 'agent.starting'))).toBe(false);
  });

  it('ends when the work fails', async () => {
    const folder = place();
    await expect(inTurn(folder, patient(), () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await inTurn(folder, patient(), async () => 'yes')).toBe('yes');
  });

  it('is not waited for when the process that had it is gone', async () => {
    const folder = place();
    // No process has this id: the largest that Linux gives is 4194304.
    writeFileSync(join(folder, 'agent.starting'), '4194999\n');
    expect(await inTurn(folder, patient(), async () => 'mine')).toBe('mine');
  });

  it('is not waited for when it is older than any start', async () => {
    const folder = place();
    const file = join(folder, 'agent.starting');
    writeFileSync(file, `${process.pid}\n`);
    utimesSync(file, new Date(0), new Date(0));
    expect(await inTurn(folder, patient(), async () => 'mine')).toBe('mine');
  });

  it('of another is waited for until somebody interrupts', async () => {
    const folder = place();
    writeFileSync(join(folder, 'agent.starting'), `${process.pid}\n`);
    await expect(inTurn(folder, AbortSignal.timeout(60), async () => 'mine')).rejects.toMatchObject({
      code: 'interrupted',
    });
  });
});
