import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import type { Alerts } from '@autodevops/domain/ports/signals';
import { alertmanager } from '../alertmanager/alertmanager.ts';
import { strictServer } from '../testing/strict-server.ts';
import type { Answer } from '../testing/strict-server.ts';
import { httpCarrier } from './http-carrier.ts';
import type { HttpCarrierChoice } from './http-carrier.ts';
import { isLinkLocal } from './link-local.ts';

const folder = mkdtempSync(join(tmpdir(), 'autodevops-signals-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const signal = AbortSignal.timeout(30_000);

function file(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}

async function failure(work: Promise<unknown>): Promise<AutoDevOpsError> {
  return await work.then(
    () => {
      throw new Error('no failure');
    },
    (error: unknown) => {
      if (error instanceof AutoDevOpsError) return error;
      throw error;
    },
  );
}

/** Alertmanager of which every answer is this one. */
async function answering(
  answer: Answer,
  choice: Partial<HttpCarrierChoice> = {},
): Promise<{ readonly alerts: Alerts; readonly server: Awaited<ReturnType<typeof strictServer>> }> {
  const server = await strictServer([
    { method: 'GET', path: /^\/api\/v2\/alerts$/, parameters: [], answer: () => answer },
  ]);
  onTestFinished(async () => await server.close());
  return { server, alerts: alertmanager({ carrier: httpCarrier({ url: server.url, ...choice }) }) };
}

/** A port at which somebody listens and never says anything. */
async function silent(): Promise<string> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket.on('error', () => {}));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe('a source that is off', () => {
  it.each<[says: string, answer: Answer, code: string]>([
    ['wants other credentials', { status: 401, body: 'no' }, 'signals.unauthorized'],
    ['lets nobody in', { status: 403, body: 'no' }, 'signals.unauthorized'],
    ['sends elsewhere', { status: 302, headers: { Location: 'http://169.254.169.254/latest' } }, 'signals.refused'],
    ['is overloaded', { status: 429, body: 'slow down' }, 'signals.busy'],
    ['is behind a proxy that finds nobody', { status: 503, body: '<html>' }, 'signals.busy'],
    ['fails', { status: 500, body: 'panic' }, 'signals.bad-answer'],
    ['shows a login page', { status: 200, body: '<html>login</html>' }, 'signals.bad-answer'],
    ['is something else', { status: 200, body: { alerts: 'many' } }, 'signals.bad-answer'],
    ['never ends', { status: 200, body: 'x'.repeat(9 * 1024 * 1024) }, 'signals.too-large'],
  ])('%s', async (_says, answer, code) => {
    const { alerts } = await answering(answer);
    const error = await failure(alerts.alerts({ signal }));
    expect([error.code, error.remedy !== '']).toEqual([code, true]);
  });

  it('is not there', async () => {
    const { alerts, server } = await answering({ status: 200, body: [] });
    await server.close();
    expect((await failure(alerts.alerts({ signal }))).code).toBe('signals.unreachable');
  });

  it('says nothing until the deadline', async () => {
    const alerts = alertmanager({ carrier: httpCarrier({ url: await silent() }), deadline: 100 });
    expect((await failure(alerts.alerts({ signal }))).code).toBe('signals.no-answer');
  });

  it('may say secrets in a refusal, which are not shown', async () => {
    const { alerts } = await answering({
      status: 403,
      body: JSON.stringify({ message: 'token=abcdefghij123456 is wrong\u001b[2J' }),
    });
    const { message } = await failure(alerts.alerts({ signal }));
    expect(message).toContain('token=[redacted]');
    expect(message).not.toMatch(/abcdefghij|\u001b/u);
  });
});

describe('what is shown to a source', () => {
  it('is the token that the file holds at that moment', async () => {
    const tokenFile = file('token', 'first-token\n');
    const { alerts, server } = await answering({ status: 200, body: [] }, { tokenFile });
    await alerts.alerts({ signal });
    file('token', 'second-token\n');
    await alerts.alerts({ signal });
    expect(server.asked.map(({ headers }) => headers.authorization)).toEqual([
      'Bearer first-token',
      'Bearer second-token',
    ]);
  });

  it('is a name with a password', async () => {
    const { alerts, server } = await answering(
      { status: 200, body: [] },
      { basic: { user: 'jamie', passwordFile: file('password', 'pässword') } },
    );
    await alerts.alerts({ signal });
    expect(server.asked[0]?.headers.authorization).toBe(`Basic ${Buffer.from('jamie:pässword').toString('base64')}`);
  });

  it('is nothing where a file is missing, empty or no line', async () => {
    for (const tokenFile of [join(folder, 'none'), file('empty', ' \n'), file('lines', 'a\nX-Other: b')]) {
      const { alerts, server } = await answering({ status: 200, body: [] }, { tokenFile });
      expect((await failure(alerts.alerts({ signal }))).code).toBe('signals.unauthorized');
      expect(server.asked).toEqual([]);
    }
  });

  it('is never a password that stands in an address', () => {
    expect(() => httpCarrier({ url: 'https://ann:secret@prometheus.example' })).toThrow('is not right');
    expect(() => httpCarrier({ url: 'file:///etc/passwd' })).toThrow('is not right');
  });
});

describe("addresses of this machine's own link", () => {
  it('are told from others, in whatever form', () => {
    expect(
      ['169.254.169.254', 'fe80::1', '::ffff:169.254.169.254', '::ffff:a9fe:a9fe', 'fd00:ec2::254'].map(isLinkLocal),
    ).toEqual([true, true, true, true, true]);
    expect(['127.0.0.1', '10.0.0.1', '2001:db8::1', 'prometheus.example'].map(isLinkLocal)).toEqual([
      false,
      false,
      false,
      false,
    ]);
  });

  it('are not asked', async () => {
    const alerts = alertmanager({ carrier: httpCarrier({ url: 'http://[::ffff:169.254.169.254]/' }) });
    expect((await failure(alerts.alerts({ signal }))).code).toBe('signals.refused');
  });
});
