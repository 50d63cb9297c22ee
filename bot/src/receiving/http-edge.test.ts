import { expect, it, onTestFinished } from 'vitest';
import { startHttpEdge } from './http-edge.ts';

const choice = (port: number): Parameters<typeof startHttpEdge>[0] => ({
  host: '127.0.0.1', port, secrets: new Map(), intake: { take: async () => {} }, bodyBytes: 1000, page: async () => undefined, now: () => 0, refused: () => {},
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
