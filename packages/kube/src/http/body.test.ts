import { createServer, get } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { plainAccess } from '../kubeconfig/plain-access.ts';
import { failureOf } from '../testing/failure-of.ts';
import { boundedBody } from './body.ts';
import { Late } from './failure.ts';

/** The body of an answer whose header has come. */
async function bodyOf(
  answer: (response: ServerResponse) => void,
  idleMs = 5000,
): Promise<{ body: AsyncIterable<Buffer>; response: IncomingMessage; cut: (why: Error) => void }> {
  const server = createServer((_request, response) => answer(response));
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return new Promise((resolve, reject) => {
    let why: Error | undefined;
    const request = get(url, { agent: false }, (response) => {
      const cut = (reason: Error): void => {
        why = reason;
        request.destroy(reason);
      };
      resolve({
        response,
        cut,
        body: boundedBody(
          { request, response, cut, whyCut: () => why, done: () => {} },
          { idleMs, access: plainAccess('x', url) },
        ),
      });
    }).on('error', (error) => reject(error));
  });
}

async function all(body: AsyncIterable<Buffer>): Promise<string> {
  let text = '';
  for await (const piece of body) text += piece.toString();
  return text;
}

describe('a body', () => {
  it('is all that was sent, to a slow reader too', async () => {
    const sent = Array.from({ length: 500 }, (_, index) => `${index} ${'x'.repeat(4000)}\n`);
    const { body } = await bodyOf((response) => {
      for (const line of sent) response.write(line);
      response.end();
    });
    let text = '';
    for await (const piece of body) {
      text += piece.toString();
      if (text.length % 3 === 0) await pause(1);
    }
    expect(text).toBe(sent.join(''));
  });

  it('is empty, or breaks off, also when that was so before anybody read', async () => {
    const empty = await bodyOf((response) => response.end());
    await pause(50);
    expect(await all(empty.body)).toBe('');
    const broken = await bodyOf((response) =>
      response
        .writeHead(200, { 'Content-Length': '10' })
        .write('12345', () => setTimeout(() => response.socket?.destroy(), 20)),
    );
    await new Promise((resolve) => {
      broken.response.once('close', resolve);
    });
    expect((await failureOf(all(broken.body))).code).toBe('cluster.unreachable');
  });

  it('gives what came before it broke off', async () => {
    const { body } = await bodyOf((response) =>
      response.writeHead(200).write('first', () => setTimeout(() => response.socket?.destroy(), 50)),
    );
    const pieces: string[] = [];
    const read = async (): Promise<void> => {
      for await (const piece of body) pieces.push(piece.toString());
    };
    expect((await failureOf(read())).code).toBe('cluster.unreachable');
    expect(pieces).toEqual(['first']);
  });

  it('that was cut is not taken for whole, although all of it had come', async () => {
    const { body, response, cut } = await bodyOf((answer) => answer.end('x'.repeat(700_000)));
    const read = async (): Promise<void> => {
      let pieces = 0;
      for await (const _ of body) {
        pieces += 1;
        if (pieces > 1) continue;
        // Its reader is slow: the rest comes meanwhile.
        for (let tries = 0; tries < 200 && !response.complete; tries++) await pause(10);
        cut(new Late('total', 3_000));
      }
    };
    expect((await failureOf(read())).message).toContain('did not end its answer within 3 s');
  });

  it('is cut when nothing more comes, not when its reader takes long', async () => {
    const { body } = await bodyOf((response) => response.writeHead(200).write('first'), 100);
    const read = async (): Promise<void> => {
      for await (const _ of body) await pause(250);
    };
    const began = performance.now();
    const failure = await failureOf(read());
    expect(failure.message).toContain('stopped in the middle of an answer within 0.1 s');
    expect(performance.now() - began).toBeGreaterThan(340);
  });
});
