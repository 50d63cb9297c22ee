import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { testFolder } from '../testing/test-folder.ts';
import type { Environment } from './environment.ts';
import { loadClusterAccess } from './kubeconfig.ts';
import type { ClusterAccess } from './kubeconfig.ts';
import { runExecPlugin } from './exec-plugin.ts';

const v1 = 'client.authentication.k8s.io/v1';
const environment: Environment = {
  variables: { PATH: process.env['PATH'] },
  platform: process.platform,
  home: '/nonexistent',
  serviceAccountFolder: '/nonexistent',
};

/** A kubeconfig whose plugin runs this JavaScript. */
async function withPlugin(script: string, exec: Record<string, unknown> = {}): Promise<ClusterAccess> {
  const folder = testFolder({ 'plugin.cjs': script });
  const config = {
    clusters: [
      {
        name: 'c',
        cluster: {
          server: 'https://a:1',
          extensions: [{ name: 'client.authentication.k8s.io/exec', extension: { audience: 'x' } }],
        },
      },
    ],
    users: [
      {
        name: 'u',
        user: { exec: { apiVersion: v1, command: process.execPath, args: [join(folder, 'plugin.cjs')], ...exec } },
      },
    ],
    contexts: [{ name: 'x', context: { cluster: 'c', user: 'u' } }],
    'current-context': 'x',
  };
  const kubeconfig = join(testFolder({ k: JSON.stringify(config) }), 'k');
  return loadClusterAccess({ kubeconfig }, environment);
}

function printing(status: string, apiVersion = v1): string {
  return `console.log(JSON.stringify({apiVersion: '${apiVersion}', kind: 'ExecCredential', status: ${status}}))`;
}

async function failure(access: ClusterAccess): Promise<{ code: string; message: string; remedy: string }> {
  return access.credentials().then(
    () => {
      throw new Error('it did not fail');
    },
    (error: unknown) => error as { code: string; message: string; remedy: string },
  );
}

describe('an exec plugin', () => {
  it('gives a token, gets its own variables, and no terminal', async () => {
    const access = await withPlugin(
      `const info = JSON.parse(process.env.KUBERNETES_EXEC_INFO); ${printing("{token: [info.apiVersion, info.spec.interactive, info.spec.cluster === undefined, process.env.FLAVOUR, process.stdin.isTTY === true].join('|')}")}`,
      { env: [{ name: 'FLAVOUR', value: 'dev' }] },
    );
    expect((await access.credentials()).authorization).toBe(`Bearer ${v1}|false|true|dev|false`);
  });

  it('is told of the cluster when it asks for that', async () => {
    const access = await withPlugin(
      `const {cluster} = JSON.parse(process.env.KUBERNETES_EXEC_INFO).spec; ${printing("{token: cluster.server + '|' + cluster.config.audience}")}`,
      { provideClusterInfo: true },
    );
    expect((await access.credentials()).authorization).toBe('Bearer https://a:1|x');
  });

  it('gives a client certificate', async () => {
    const access = await withPlugin(printing("{clientCertificateData: 'C', clientKeyData: 'K'}"));
    expect(await access.credentials()).toMatchObject({
      kind: 'plugin',
      certificate: 'C',
      key: 'K',
      authorization: undefined,
    });
  });

  it('runs once until its credential ends, then again', async () => {
    const lasting = await withPlugin(
      printing("{token: 't' + process.pid, expirationTimestamp: new Date(Date.now() + 3600e3).toISOString()}"),
    );
    const both = await Promise.all([lasting.credentials(), lasting.credentials()]);
    expect(both[0]?.authorization).toBe(both[1]?.authorization);
    const ended = await withPlugin(
      printing("{token: 't' + process.pid, expirationTimestamp: new Date(Date.now() - 1).toISOString()}"),
    );
    const first = await ended.credentials();
    expect((await ended.credentials()).authorization).not.toBe(first.authorization);
    const renewed = await lasting.renew();
    expect((await renewed.credentials()).authorization).not.toBe(both[0]?.authorization);
  });

  it('speaks v1beta1 too', async () => {
    const beta = 'client.authentication.k8s.io/v1beta1';
    const access = await withPlugin(printing("{token: 't'}", beta), { apiVersion: beta });
    expect((await access.credentials()).authorization).toBe('Bearer t');
  });

  const failures: readonly (readonly [what: string, script: string, exec: Record<string, unknown>, says: RegExp])[] = [
    [
      'fails',
      "console.error('please log in, password=hunter2'); process.exit(3)",
      {},
      /failed \(exit code 3\): please log in, password=\[redacted\]\.$/,
    ],
    ['prints no JSON', "console.log('hello')", {}, /did not print an ExecCredential but something else\.$/],
    [
      'answers in another version',
      printing("{token: 't'}", 'client.authentication.k8s.io/v1beta1'),
      {},
      /answered in version "client\.authentication\.k8s\.io\/v1beta1" although/,
    ],
    ['gives nothing', printing('{}'), {}, /gave neither a token nor a client certificate/],
    [
      'is not installed',
      '',
      { command: 'no-such-plugin-here', installHint: 'Install it\u001b[31m from the shop.' },
      /"no-such-plugin-here" is not installed\.$/,
    ],
    ['cannot even be called', '', { args: ['a zero byte: \0'] }, /could not be started \(ERR_INVALID_ARG_VALUE\)\.$/],
    ['wants a terminal', '', { interactiveMode: 'Always' }, /wants to ask questions at a terminal/],
    [
      'is of a version that is gone',
      '',
      { apiVersion: 'client.authentication.k8s.io/v1alpha1' },
      /v1alpha1", which is not supported/,
    ],
  ];
  it.each(failures)('that %s is named in one sentence', async (_what, script, exec, says) => {
    const error = await failure(await withPlugin(script, exec));
    expect(error.code).toBe('kubeconfig.credentials');
    expect(error.message).toMatch(says);
    expect(error.message + error.remedy).not.toMatch(/hunter2|\u001b/);
    if (exec['installHint'] !== undefined) expect(error.remedy).toContain('Install it\\x1b[31m from the shop.');
  });

  it('that is not found may be a batch file on Windows, which is said', async () => {
    const config = {
      apiVersion: v1,
      command: 'no-such-plugin-here',
      args: [],
      env: [],
      installHint: undefined,
      provideClusterInfo: false,
      interactiveMode: 'Never',
    };
    const onWindows: Environment = { ...environment, platform: 'win32' };
    const run = runExecPlugin({ config, folder: '/', cluster: {}, environment: onWindows, timeoutMs: 5000 });
    await expect(run).rejects.toThrow('is not installed, or is a batch file, which is not run.');
  });

  it('has answered when it ends, although what it opened (a browser) still holds its output', async () => {
    const opened = `require('node:child_process').spawn(process.execPath, ['-e', 'setTimeout(() => {}, 20000)'], { stdio: 'inherit', detached: true })`;
    const access = await withPlugin(
      `const browser = ${opened}; browser.unref(); ${printing('{token: String(browser.pid)}')}`,
    );
    const { authorization = '' } = await access.credentials();
    const pid = Number(authorization.replace('Bearer ', ''));
    // It still runs, so it was not waited for.
    expect(process.kill(pid, 'SIGKILL')).toBe(true);
  });

  it('that hangs is ended at its deadline', async () => {
    const config = {
      apiVersion: v1,
      command: process.execPath,
      args: ['-e', 'setInterval(() => {}, 1000)'],
      env: [],
      installHint: undefined,
      provideClusterInfo: false,
      interactiveMode: 'Never',
    };
    const run = runExecPlugin({ config, folder: '/', cluster: {}, environment, timeoutMs: 300 });
    await expect(run).rejects.toThrow(/did not answer within 0\.3 s/);
  });
});
