import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { ServerOptions } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it, onTestFinished } from 'vitest';
import { selfSigned } from '../../../faults/certificates.ts';
import { chartFolder } from './rendered-chart.ts';

const folder = mkdtempSync(join(tmpdir(), 'autodevops-answers-'));
const [agents, others] = [selfSigned(), selfSigned()];
writeFileSync(join(folder, 'tls.crt'), agents.certificate);

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** What listens as an agent does. */
async function listening(options: ServerOptions, body = 'ok'): Promise<number> {
  const server = createServer(options, (_request, answer) => void answer.end(body));
  server.on('tlsClientError', () => undefined);
  await new Promise<void>((heard) => {
    server.listen(0, '127.0.0.1', heard);
  });
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

/** The script of `helm test`, as its pod runs it. */
async function look(
  port: number,
  wantsCertificate: boolean,
): Promise<{ readonly code: number | null; readonly output: string }> {
  const env = {
    PATH: process.env['PATH'],
    HOST: '127.0.0.1',
    PORT: String(port),
    CERTIFICATE: join(folder, 'tls.crt'),
    WANTS_CERTIFICATE: String(wantsCertificate),
  };
  const child = spawn(process.execPath, [join(chartFolder('agent'), 'tests', 'answers.mjs')], { env, timeout: 30_000 });
  return await new Promise((resolve, reject) => {
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (part: Buffer) => {
        output += part.toString('utf8');
      });
    }
    child.on('error', reject).on('close', (code) => resolve({ code, output: output.trim() }));
  });
}

const own = { cert: agents.certificate, key: agents.key };
const mutual = { ...own, ca: agents.certificate, requestCert: true, rejectUnauthorized: true };

it.each([
  ['an agent with its certificate', own, 'ok', false, 0, 'The agent answers.'],
  [
    'something with another certificate',
    { cert: others.certificate, key: others.key },
    'ok',
    false,
    1,
    'It shows another certificate.',
  ],
  ['something that is no agent', own, '<html>', false, 1, 'It answers 200.'],
  [
    'an agent that wants a certificate of its callers',
    mutual,
    'ok',
    true,
    0,
    'The agent refuses callers without a certificate.',
  ],
  ['an agent that should want one, and does not', own, 'ok', true, 1, 'It answers a caller that shows no certificate.'],
] as const)('`helm test` finds %s', async (_title, options, body, wantsCertificate, code, says) => {
  expect(await look(await listening(options, body), wantsCertificate)).toEqual({ code, output: says });
});

it('`helm test` fails where nothing listens', async () => {
  expect(await look(1, false)).toMatchObject({ code: 1 });
});
