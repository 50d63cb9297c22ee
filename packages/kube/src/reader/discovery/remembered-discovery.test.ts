import { expect, it } from 'vitest';
import { discoveryLasts, rememberedDiscovery } from './remembered-discovery.ts';

function asking(...answers: readonly (string | Error)[]) {
  const left = [...answers];
  const time = { now: 0 };
  const discovery = rememberedDiscovery(
    async () => {
      const answer = left.shift();
      if (answer === undefined || answer instanceof Error) throw answer ?? new Error('asked too often');
      return { versions: [answer], resources: undefined };
    },
    () => time.now,
  );
  return { time, versions: async () => (await discovery())?.versions };
}

it('is asked once by all who want it at the same time', async () => {
  const { versions } = asking('v1');
  expect(await Promise.all([versions(), versions()])).toEqual([['v1'], ['v1']]);
});

it('hears after a while what was installed since', async () => {
  const { time, versions } = asking('v1', 'v2');
  expect(await versions()).toEqual(['v1']);
  time.now = discoveryLasts - 1;
  expect(await versions()).toEqual(['v1']);
  time.now = discoveryLasts;
  expect(await versions()).toEqual(['v2']);
});

it('is asked again after a failure, and fails for those who waited for it', async () => {
  const { versions } = asking(new Error('away'), 'v1');
  const both = await Promise.allSettled([versions(), versions()]);
  expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(await versions()).toEqual(['v1']);
});
