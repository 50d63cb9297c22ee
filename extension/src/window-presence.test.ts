import { describe, expect, it } from 'vitest';
import { fakeWindow } from './testing/fake-window.ts';
import { healthyDiagnosis } from './testing/sample-diagnosis.ts';
import { followPresence } from './window-presence.ts';

const signal = AbortSignal.timeout(20_000);
const findings = [{ id: '1', event: { type: 'diagnosis' as const, diagnosis: healthyDiagnosis } }];

/** A window that answers at once, or when it is back. */
function answering(): {
  readonly ask: () => Promise<unknown>;
  readonly away: () => void;
  readonly back: () => void;
  readonly asked: () => number;
} {
  let [gone, asked] = [Promise.withResolvers<void>(), 0];
  gone.resolve();
  return {
    ask: async () => {
      asked += 1;
      await gone.promise;
    },
    away: () => {
      gone = Promise.withResolvers<void>();
    },
    back: () => gone.resolve(),
    asked: () => asked,
  };
}

describe('a window on a server', () => {
  it('that answers keeps its agent', async () => {
    const { parts, processes } = await fakeWindow({ agent: { findings } });
    const page = answering();
    await parts.client(signal);
    const end = followPresence(parts, page.ask);
    await expect.poll(page.asked).toBeGreaterThan(3);
    end();
    expect(processes).toEqual(['open kind-dev']);
  });

  it('that does not answer lets its agent go, and follows again what it followed when it is back', async () => {
    const { parts, processes } = await fakeWindow({ agent: { findings } });
    const page = answering();
    parts.problems.follow();
    await parts.problems.state.until((state): state is typeof state => state.kind === 'live', signal);
    page.away();
    const end = followPresence(parts, page.ask);
    await expect.poll(() => processes).toEqual(['open kind-dev', 'let go']);
    expect([parts.problems.followed, parts.changes.followed]).toEqual([false, false]);
    page.back();
    await expect.poll(() => processes).toEqual(['open kind-dev', 'let go', 'open kind-dev']);
    expect([parts.problems.followed, parts.changes.followed]).toEqual([true, false]);
    end();
    parts.problems.stop();
  });
});
