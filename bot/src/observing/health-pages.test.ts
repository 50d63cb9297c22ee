import { describe, expect, it } from 'vitest';
import { healthPages } from './health-pages.ts';
import type { HealthChoice } from './health-pages.ts';

async function get(
  path: string,
  choice: Partial<HealthChoice> = {},
  method = 'GET',
): Promise<{ readonly status: number; readonly text: string } | undefined> {
  const page = await healthPages({ flaw: async () => undefined, metrics: undefined, ...choice })({
    method,
    url: new URL(path, 'http://localhost'),
    headers: {},
  });
  return page === undefined ? undefined : { status: page.status, text: await page.text() };
}

describe('the pages of health', () => {
  it('say that it lives while it is not ready', async () => {
    const flaw = async (): Promise<string> => 'the store does not answer';
    expect(await get('/livez', { flaw })).toMatchObject({ status: 200 });
    expect(await get('/readyz', { flaw })).toEqual({ status: 503, text: 'the store does not answer\n' });
    expect(await get('/readyz')).toMatchObject({ status: 200 });
  });

  it('show metrics to those inside alone', async () => {
    expect(await get('/metrics')).toBeUndefined();
    expect(await get('/metrics', { metrics: async () => 'x 1\n' })).toEqual({ status: 200, text: 'x 1\n' });
  });

  it('are no others, and for nothing but looking', async () => {
    expect(await get('/')).toBeUndefined();
    expect(await get('/readyz', {}, 'POST')).toBeUndefined();
  });
});
