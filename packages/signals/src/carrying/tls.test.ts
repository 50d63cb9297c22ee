import { readFileSync } from 'node:fs';
import { describe, expect, it, onTestFinished } from 'vitest';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { prometheus } from '../prometheus/prometheus.ts';
import { certificateAuthority } from '../testing/certificate-authority.ts';
import type { Authority } from '../testing/certificate-authority.ts';
import { strictServer } from '../testing/strict-server.ts';
import { httpCarrier } from './http-carrier.ts';
import type { HttpCarrierChoice } from './http-carrier.ts';

const success = { status: 'success', data: { alerts: [] } };

/** A Prometheus behind TLS that wants a certificate of its callers. */
async function guarded(authority: Authority, names: string): Promise<string> {
  const { certificate, key } = authority.issue('server', names);
  const server = await strictServer(
    [{ method: 'GET', path: /^\/api\/v1\/alerts$/, parameters: [], answer: () => ({ status: 200, body: success }) }],
    {
      cert: readFileSync(certificate),
      key: readFileSync(key),
      ca: readFileSync(authority.certificate),
      requestCert: true,
      rejectUnauthorized: true,
    },
  );
  onTestFinished(async () => await server.close());
  return server.url;
}

async function outcome(choice: HttpCarrierChoice): Promise<string> {
  const metrics = prometheus({ carrier: httpCarrier(choice) });
  return await metrics.firing({ signal: AbortSignal.timeout(10_000) }).then(
    () => 'answers',
    (error: unknown) => (error instanceof AutoDevOpsError ? error.code : String(error)),
  );
}

describe('a source behind TLS', () => {
  it('answers to whoever trusts its authority and shows a certificate of it', async () => {
    const authority = certificateAuthority();
    const url = await guarded(authority, 'IP:127.0.0.1');
    const own = authority.issue('jamie');
    expect(
      await outcome({ url, authorityFile: authority.certificate, certificateFile: own.certificate, keyFile: own.key }),
    ).toBe('answers');
  });

  it('is not believed when its authority is not the one that is named', async () => {
    const authority = certificateAuthority();
    const url = await guarded(authority, 'IP:127.0.0.1');
    expect(await outcome({ url, authorityFile: certificateAuthority().certificate })).toBe('signals.unauthorized');
    expect(await outcome({ url })).toBe('signals.unauthorized');
  });

  it('is not believed under another name', async () => {
    const authority = certificateAuthority();
    const url = await guarded(authority, 'DNS:other.example');
    expect(await outcome({ url, authorityFile: authority.certificate })).toBe('signals.unauthorized');
  });

  it('lets nobody in who shows no certificate', async () => {
    const authority = certificateAuthority();
    const url = await guarded(authority, 'IP:127.0.0.1');
    expect(await outcome({ url, authorityFile: authority.certificate })).toMatch(
      /^signals\.(unauthorized|unreachable)$/,
    );
  });
});
