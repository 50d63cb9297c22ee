import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answerAt, howAnswered } from './answer-url.ts';

const signal = AbortSignal.timeout(10_000);

describe('an answer', () => {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    if (request.url === '/used') response.writeHead(404).end('used_url');
    else if (request.url === '/busy') response.writeHead(429, { 'retry-after': '7' }).end();
    else if (request.url === '/moved') response.writeHead(307, { location: '/elsewhere' }).end();
    else response.writeHead(200).end('ok');
  });
  let base = '';
  beforeAll(async () => {
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => {
    server.close();
  });

  it('goes to Slack alone, whatever address came', async () => {
    for (const url of [
      `${base}/x`,
      'http://169.254.169.254/latest',
      'https://hooks.slack.com.evil.example/x',
      'http://hooks.slack.com/x',
      'https://user:pass@hooks.slack.com/x',
      'no address',
      '',
    ]) {
      await expect(answerAt(url, {}, { slackApi: 'https://slack.com/api/', signal }), url).rejects.toMatchObject({
        kind: 'refused',
        code: 'foreign_response_url',
      });
    }
    expect(asked).toEqual([]);
    await answerAt(`${base}/x`, { text: 'hello' }, { slackApi: `${base}/api/`, signal });
    expect(asked).toEqual(['/x']);
  });

  it('does not follow where an address leads on', async () => {
    await expect(answerAt(`${base}/moved`, {}, { slackApi: base, signal })).rejects.toMatchObject({
      kind: 'uncertain',
    });
    expect(asked).not.toContain('/elsewhere');
  });

  it('that Slack does not take says why, and when again', async () => {
    await expect(answerAt(`${base}/used`, {}, { slackApi: base, signal })).rejects.toMatchObject({
      kind: 'refused',
      code: 'used_url',
    });
    await expect(answerAt(`${base}/busy`, {}, { slackApi: base, signal })).rejects.toMatchObject({
      kind: 'later',
      retryAfter: 7000,
    });
  });

  it('never takes the place of a message unless that is wanted', () => {
    expect(howAnswered({})).toEqual({ response_type: 'ephemeral', replace_original: false });
    expect(howAnswered({ isShared: true, replacesOriginal: true })).toEqual({
      response_type: 'in_channel',
      replace_original: true,
    });
  });
});
