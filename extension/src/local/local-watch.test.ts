import { expect, it, onTestFinished } from 'vitest';
import { fakeWindow } from '../testing/fake-window.ts';
import { localStatus, stubLocalCluster } from '../testing/stub-local-cluster.ts';
import { watchLocal } from './local-watch.ts';

async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn += 1) {
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
  }
}

it('a cluster that another program stops or removes is seen to be so, without a question', async () => {
  const { cluster } = stubLocalCluster({ before: localStatus('running'), after: localStatus('running') });
  let status = localStatus('running');
  const { parts } = await fakeWindow({ local: { ...cluster, status: async () => status } });
  onTestFinished(watchLocal(parts));
  await expect.poll(() => parts.local.state.value).toMatchObject({ status: { phase: 'running' } });
  status = localStatus('absent');
  await expect.poll(() => parts.local.state.value).toMatchObject({ status: { phase: 'absent' } });
});

it('one that cannot be asked now is asked again', async () => {
  const { cluster } = stubLocalCluster({ before: localStatus('running'), after: localStatus('running') });
  let asked = 0;
  const status = async (): Promise<ReturnType<typeof localStatus>> => {
    asked += 1;
    if (asked === 1) throw new Error('the engine does not answer');
    return localStatus('stopped');
  };
  const { parts } = await fakeWindow({ local: { ...cluster, status } });
  onTestFinished(watchLocal(parts));
  await expect.poll(() => parts.local.state.value).toMatchObject({ status: { phase: 'stopped' } });
});

it('nothing is asked of the machine in a folder that is not trusted, nor after the end', async () => {
  const { cluster } = stubLocalCluster({ before: localStatus('running'), after: localStatus('running') });
  let [asked, trusted] = [0, false];
  const status = async (): Promise<ReturnType<typeof localStatus>> => {
    asked += 1;
    return localStatus('running');
  };
  const { parts } = await fakeWindow({ local: { ...cluster, status } });
  let rounds = 0;
  const clock = {
    ...parts.clock,
    wait: async (milliseconds: number, signal: AbortSignal) => {
      rounds += 1;
      await parts.clock.wait(milliseconds, signal);
    },
  };
  const end = watchLocal({ ...parts, clock, folder: { ...parts.folder, trusted: () => trusted } });
  await expect.poll(() => rounds).toBeGreaterThan(3);
  expect(asked).toBe(0);
  trusted = true;
  await expect.poll(() => asked).toBeGreaterThan(0);
  end();
  // What was under way may come to its end.
  await turns(3);
  const before = asked;
  await turns(30);
  expect(asked).toBe(before);
});
