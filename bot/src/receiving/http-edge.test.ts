import { expect, it, onTestFinished } from 'vitest';
import { startHttpEdge } from './http-edge.ts';

const choice = (port: number): Parameters<typeof startHttpEdge>[0] => ({
  host: '127.0.0.1',
  port,
  secrets: new Map(),
  intake: { take: async () => {} },
  bodyBytes: 1000,
  page: async () => undefined,
  now: () => 0,
  refused: () => {},
});

it('a port that is taken is told as a sentence, with what to do', async () => {
  const first = await startHttpEdge(choice(0));
  onTestFinished(async () => await first.stop());
  await expect(startHttpEdge(choice(first.port))).rejects.toMatchObject({
    code: 'config.invalid',
    message: `The bot cannot listen on 127.0.0.1, port ${first.port}: something else listens there.`,
    remedy: expect.stringContaining('`transport` or `inside`'),
  });
});

it('what is not signed is read no further than a look at the certificate is long', async () => {
  const edge = await startHttpEdge({ ...choice(0), bodyBytes: 10_000, secrets: new Map([['A1B', 's']]) });
  onTestFinished(async () => await edge.stop());
  const send = async (body: string): Promise<number> =>
    (
      await fetch(`http://127.0.0.1:${edge.port}/slack/A1B/events`, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body,
      })
    ).status;
  expect(await send('ssl_check=1&token=x')).toBe(200);
  expect(await send('token=x')).toBe(401);
  expect(await send(`ssl_check=1&more=${'x'.repeat(1000)}`)).toBe(401);
});
