import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startListening } from './listen.ts';
import { listenFailure } from './listen-failure.ts';

const nobody = (): void => undefined;
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'autodevops-listen-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('listening', () => {
  it('is refused with a sentence where the port is taken', async () => {
    const first = await startListening({ kind: 'tcp', host: '127.0.0.1', port: 0 }, nobody);
    const port = Number(new URL(first.address).port);
    await expect(startListening({ kind: 'tcp', host: '127.0.0.1', port }, nobody)).rejects.toMatchObject({
      code: 'config.invalid',
      message: `The agent cannot listen on 127.0.0.1, port ${port}: something else listens there.`,
    });
    await first.close(0);
  });

  it('is refused where an agent listens on the socket already, and leaves it to that one', async () => {
    const path = join(folder, 'agent.sock');
    const first = await startListening({ kind: 'socket', path }, nobody);
    await expect(startListening({ kind: 'socket', path }, nobody)).rejects.toMatchObject({
      message: 'An agent runs here already.',
    });
    await first.close(0);
    await (await startListening({ kind: 'socket', path }, nobody)).close(0);
  });

  it('says which file of listen.tls is not there', async () => {
    const tls = { certificate: join(folder, 'agent.pem'), key: join(folder, 'agent.key') };
    await expect(startListening({ kind: 'tcp', host: '127.0.0.1', port: 0, tls }, nobody)).rejects.toMatchObject({
      code: 'config.invalid',
      message: expect.stringMatching(/agent\.(?:pem|key), which listen\.tls names, is not there\.$/),
    });
  });

  it('tells a socket that was taken in the same moment as it tells any other', () => {
    expect(
      listenFailure(Object.assign(new Error('listen'), { code: 'EADDRINUSE' }), { kind: 'socket', path: 'agent.sock' }),
    ).toMatchObject({ message: 'An agent runs here already.' });
  });

  it('gives back what it knows no words for', () => {
    const error = new Error('odd');
    expect(listenFailure(error, { kind: 'tcp', host: '127.0.0.1', port: 1 })).toBe(error);
  });
});
