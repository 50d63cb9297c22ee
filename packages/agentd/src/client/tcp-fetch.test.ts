import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startListening } from '../http/listen.ts';
import type { ListenAddress } from '../http/listen-address.ts';
import { tcpFetch } from './tcp-fetch.ts';

interface Files {
  readonly certificate: string;
  readonly key: string;
}

/** A self-signed certificate that names no host. */
function selfSigned(): Files {
  const folder = mkdtempSync(join(tmpdir(), 'autodevops-tls-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const files = { certificate: join(folder, 'agent.pem'), key: join(folder, 'agent.key') };
  execFileSync(
    'openssl',
    [
      'req',
      '-x509',
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:prime256v1',
      '-nodes',
      '-days',
      '2',
      '-subj',
      '/CN=agent',
      '-keyout',
      files.key,
      '-out',
      files.certificate,
    ],
    { stdio: 'pipe' },
  );
  return files;
}

/** A server that answers with what it was sent; gives its port. */
async function echo(choice: ListenAddress): Promise<number> {
  const listening = await startListening(choice, (request, answer) => {
    answer.setHeader('x-host', request.headers.host ?? '');
    request.pipe(answer);
  });
  onTestFinished(() => listening.close(1000));
  return Number(new URL(listening.address).port);
}

function sent(body: string): Request {
  return new Request('http://localhost/v1/echo', { method: 'POST', body, signal: AbortSignal.timeout(10_000) });
}

describe('a call over TCP', () => {
  it('reaches an agent of this machine, by the name that it answers to', async () => {
    const port = await echo({ kind: 'tcp', host: '127.0.0.1', port: 0 });
    const answer = await tcpFetch({ host: '127.0.0.1', port })(sent('hello'));
    expect([await answer.text(), answer.headers.get('x-host')]).toEqual(['hello', 'localhost']);
    expect(await (await tcpFetch({ host: '0.0.0.0', port })(sent('again'))).text()).toBe('again');
  });

  it('speaks by TLS to the certificate that is configured, and to no other', async () => {
    const [own, other] = [selfSigned(), selfSigned()];
    const port = await echo({ kind: 'tcp', host: '127.0.0.1', port: 0, tls: own });
    const over = (certificate: string): ReturnType<ReturnType<typeof tcpFetch>> =>
      tcpFetch({
        host: '127.0.0.1',
        port,
        trust: { by: 'certificate', certificate: readFileSync(certificate, 'utf8') },
      })(sent('secret'));
    expect(await (await over(own.certificate)).text()).toBe('secret');
    await expect(over(other.certificate)).rejects.toThrow(/certificate/);
  });
});
