import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { KubeConfig } from '@kubernetes/client-node';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { selfSigned } from '../testing/certificates.ts';
import { testFolder } from '../testing/test-folder.ts';
import type { Environment } from './environment.ts';
import { loadClusterAccess, readContextFacts } from './kubeconfig.ts';
import { filesToRead } from './merged-kubeconfig.ts';

const kind = `apiVersion: v1
clusters:
- cluster:
    certificate-authority-data: ${Buffer.from('CA PEM').toString('base64')}
    server: https://127.0.0.1:6443
  name: kind-a
contexts:
- context:
    cluster: kind-a
    user: kind-a
  name: kind-a
- context: {cluster: kind-a, user: robot, namespace: shop}
  name: robot
current-context: kind-a
kind: Config
preferences: {}
users:
- name: kind-a
  user:
    client-certificate-data: ${Buffer.from('CERT').toString('base64')}
    client-key-data: ${Buffer.from('KEY').toString('base64')}
- name: robot
  user:
    token: abc.def
`;

function env(variables: Environment['variables'], extra: Partial<Environment> = {}): Environment {
  return { variables, platform: 'linux', home: '/nonexistent', serviceAccountFolder: '/nonexistent', ...extra };
}

function one(cluster: string, user: string, context = ''): string {
  return `clusters: [{name: c, cluster: {${cluster}}}]\nusers: [{name: u, user: {${user}}}]\ncontexts: [{name: x, context: {cluster: c, user: u${context}}}]\ncurrent-context: x\n`;
}

async function rejection(promise: Promise<unknown>): Promise<{ code: string; message: string; remedy: string }> {
  return promise.then(
    () => {
      throw new Error('it did not fail');
    },
    (error: unknown) => error as { code: string; message: string; remedy: string },
  );
}

describe('which kubeconfig', () => {
  it('reads ~/.kube/config when nothing else is said', async () => {
    const home = testFolder({ '.kube/config': one('server: https://a:1', 'token: t') });
    expect((await loadClusterAccess({}, env({}, { home }))).server.href).toBe('https://a:1/');
  });

  it('merges the files of KUBECONFIG: the first to name something wins, absent files are skipped', async () => {
    const folder = testFolder({
      first:
        'contexts: [{name: x, context: {cluster: c, user: u}}]\nclusters: [{name: c, cluster: {server: https://first:1}}]\n',
      second: one('server: https://second:1', 'token: from-second'),
    });
    const KUBECONFIG = ['first', 'absent', '', 'second', 'first'].map((name) => name && join(folder, name)).join(':');
    const access = await loadClusterAccess({}, env({ KUBECONFIG }));
    expect(access.server.href).toBe('https://first:1/');
    expect(await access.credentials()).toMatchObject({ authorization: 'Bearer from-second' });
    expect(access.name).toBe('x');
  });

  it.each([
    ['at semicolons, since paths hold colons', 'C:\\Users\\a\\config;D:\\b;', ['C:\\Users\\a\\config', 'D:\\b']],
    ['not within quotation marks', '"C:\\a;b\\config";D:\\b', ['C:\\a;b\\config', 'D:\\b']],
    ['though the last quotation mark is missing', 'D:\\b;"C:\\a;b', ['D:\\b', 'C:\\a;b']],
  ])('takes KUBECONFIG apart on Windows %s', (_how, KUBECONFIG, files) => {
    expect(filesToRead(undefined, env({ KUBECONFIG }, { platform: 'win32' }))).toEqual(files);
  });

  it('looks into the home folder by the rules of the platform', () => {
    const home = 'C:\\Users\\a';
    expect(filesToRead(undefined, env({}, { platform: 'win32', home }))).toEqual(['C:\\Users\\a\\.kube\\config']);
  });

  it('reads --kubeconfig alone and says when it is not there', async () => {
    const error = await rejection(loadClusterAccess({ kubeconfig: '/nonexistent/k' }, env({})));
    expect(error).toMatchObject({ code: 'kubeconfig.not-found', message: 'There is no kubeconfig at /nonexistent/k.' });
  });

  it('takes the service account of the pod it runs in when there is no kubeconfig', async () => {
    const serviceAccountFolder = testFolder({ token: 'pod-token\n', 'ca.crt': 'CA', namespace: 'ops' });
    const access = await loadClusterAccess(
      {},
      env({ KUBERNETES_SERVICE_HOST: 'fd00::1', KUBERNETES_SERVICE_PORT: '443' }, { serviceAccountFolder }),
    );
    expect(access).toMatchObject({ name: 'in-cluster', namespace: 'ops', authority: 'CA' });
    expect(access.server.href).toBe('https://[fd00::1]/');
    expect((await access.credentials()).authorization).toBe('Bearer pod-token');
    expect((await access.renew()).name).toBe('in-cluster');
  });

  it('says that there is none', async () => {
    expect(await rejection(loadClusterAccess({}, env({})))).toMatchObject({ code: 'kubeconfig.not-found' });
  });

  it('reads JSON, and YAML that needs the general parser', async () => {
    const anchored =
      'a: &a {server: "https://a:1"}\nclusters: [{name: c, cluster: *a}]\ncontexts: [{name: x, context: {cluster: c}}]\ncurrent-context: x\n';
    const json = JSON.stringify({
      clusters: [{ name: 'c', cluster: { server: 'https://a:1' } }],
      contexts: [{ name: 'x', context: { cluster: 'c' } }],
      'current-context': 'x',
    });
    for (const content of [anchored, json]) {
      const kubeconfig = join(testFolder({ k: content }), 'k');
      expect((await loadClusterAccess({ kubeconfig }, env({}))).server.host).toBe('a:1');
    }
  });
});

describe('which context', () => {
  it('takes the one of --context, its namespace, and --namespace before both', async () => {
    const kubeconfig = join(testFolder({ k: kind }), 'k');
    expect(await loadClusterAccess({ kubeconfig, context: 'robot' }, env({}))).toMatchObject({
      name: 'robot',
      namespace: 'shop',
    });
    expect((await loadClusterAccess({ kubeconfig, namespace: 'x' }, env({}))).namespace).toBe('x');
    expect((await loadClusterAccess({ kubeconfig }, env({}))).namespace).toBe('default');
  });

  it('lists the contexts that there are when the wanted one is not among them', async () => {
    const kubeconfig = join(testFolder({ k: kind }), 'k');
    const error = await rejection(loadClusterAccess({ kubeconfig, context: 'kind-b' }, env({})));
    expect(error).toMatchObject({
      code: 'kubeconfig.no-context',
      message: 'The kubeconfig has no context named "kind-b".',
    });
    expect(error.remedy).toBe('Did you mean "kind-a"? Choose one with --context. There are: kind-a, robot.');
  });

  it('stays with the chosen context when somebody switches meanwhile', async () => {
    const path = join(testFolder({ k: kind }), 'k');
    const access = await loadClusterAccess({ kubeconfig: path }, env({}));
    writeFileSync(path, kind.replace('current-context: kind-a', 'current-context: robot'));
    expect((await access.renew()).name).toBe('kind-a');
  });

  it('tells doctor where it leads, without credentials in it', async () => {
    const kubeconfig = join(testFolder({ k: one('server: "https://me:pw@host:6443/k8s/"', 'token: t') }), 'k');
    expect(await readContextFacts({ kubeconfig }, env({}))).toEqual({
      context: 'x',
      server: 'https://host:6443/k8s',
      namespace: 'default',
      contexts: ['x'],
    });
  });
});

describe('what a context says', () => {
  it('agrees with client-node on server, authority, user and namespace', async () => {
    const files: Record<string, string> = {
      kind,
      path: one(
        'server: "https://r.example/k8s/clusters/c-1", insecure-skip-tls-verify: true',
        'username: me, password: "p:w"',
      ),
      token: one('server: http://127.0.0.1:8001', 'token: abc', ', namespace: team'),
      name: one('server: https://10.0.0.1, tls-server-name: api.example', 'token: abc'),
    };
    const folder = testFolder(files);
    for (const name of Object.keys(files)) {
      const kubeconfig = join(folder, name);
      const oracle = new KubeConfig();
      oracle.loadFromFile(kubeconfig);
      const access = await loadClusterAccess({ kubeconfig }, env({}));
      const cluster = oracle.getCurrentCluster();
      const user = oracle.getCurrentUser();
      expect(access.server.href.replace(/\/$/, '')).toBe(cluster?.server);
      expect(access.insecure).toBe(cluster?.skipTLSVerify ?? false);
      expect(access.serverName).toBe(cluster?.tlsServerName);
      expect(access.authority).toBe(
        cluster?.caData === undefined ? undefined : Buffer.from(cluster.caData, 'base64').toString(),
      );
      expect(access.name).toBe(oracle.getCurrentContext());
      expect(access.namespace).toBe(oracle.getContextObject(access.name)?.namespace ?? 'default');
      if (user?.certData !== undefined) continue;
      const held = await access.credentials();
      expect(held.authorization).toBe(
        user?.token === undefined
          ? `Basic ${Buffer.from(`${user?.username}:${user?.password}`).toString('base64')}`
          : `Bearer ${user.token}`,
      );
    }
  });

  it('reads files relative to the kubeconfig, and data before files', async () => {
    const { certificate, key } = selfSigned({ name: 'me' });
    const content = one(
      'server: https://a:1, certificate-authority: pki/ca.crt',
      'client-certificate: pki/me.crt, client-key: pki/me.key',
    );
    const folder = testFolder({ k: content, 'pki/ca.crt': 'CA', 'pki/me.crt': certificate, 'pki/me.key': key });
    const access = await loadClusterAccess({ kubeconfig: join(folder, 'k') }, env({}));
    expect(access.authority).toBe('CA');
    const held = await access.credentials();
    expect(held).toMatchObject({ kind: 'client certificate', certificate, key });
    expect(held.expiresAt).toBeGreaterThan(Date.now());
    const withData = one(
      `server: https://a:1, certificate-authority: absent, certificate-authority-data: ${Buffer.from('DATA').toString('base64')}`,
      '',
    );
    expect((await loadClusterAccess({ kubeconfig: join(testFolder({ k: withData }), 'k') }, env({}))).authority).toBe(
      'DATA',
    );
  });

  it('reads a token file again when it has changed', async () => {
    const folder = testFolder({ k: one('server: https://a:1', 'tokenFile: t, token: fallback'), t: 'first' });
    const access = await loadClusterAccess({ kubeconfig: join(folder, 'k') }, env({}));
    expect((await access.credentials()).authorization).toBe('Bearer first');
    writeFileSync(join(folder, 't'), 'second');
    expect((await (await access.renew()).credentials()).authorization).toBe('Bearer second');
  });

  it.each([
    ['is empty for a moment while it is rotated', ''],
    ['has but a line feed in it', '\n'],
  ])('keeps the token that it has where its file %s', async (_what, content) => {
    vi.useFakeTimers({ toFake: ['performance'] });
    onTestFinished(() => void vi.useRealTimers());
    const folder = testFolder({ k: one('server: https://a:1', 'tokenFile: t'), t: 'first' });
    const access = await loadClusterAccess({ kubeconfig: join(folder, 'k') }, env({}));
    expect((await access.credentials()).authorization).toBe('Bearer first');
    writeFileSync(join(folder, 't'), content);
    vi.advanceTimersByTime(11_000);
    expect((await access.credentials()).authorization).toBe('Bearer first');
    writeFileSync(join(folder, 't'), 'second');
    vi.advanceTimersByTime(11_000);
    expect((await access.credentials()).authorization).toBe('Bearer second');
  });

  it('impersonates by the kubeconfig, and by --as instead of it', async () => {
    const kubeconfig = join(
      testFolder({
        k: one(
          'server: https://a:1',
          'token: t, as: jane, as-groups: [dev, ops], as-uid: "7", as-user-extra: {scopes: [view]}',
        ),
      }),
      'k',
    );
    expect((await loadClusterAccess({ kubeconfig }, env({}))).headers).toEqual({
      'Impersonate-User': 'jane',
      'Impersonate-Group': ['dev', 'ops'],
      'Impersonate-Uid': '7',
      'Impersonate-Extra-scopes': ['view'],
    });
    expect((await loadClusterAccess({ kubeconfig, as: 'joe' }, env({}))).headers).toEqual({
      'Impersonate-User': 'joe',
    });
    expect((await loadClusterAccess({ kubeconfig, as: 'joe', asGroup: ['x'] }, env({}))).headers).toEqual({
      'Impersonate-User': 'joe',
      'Impersonate-Group': ['x'],
    });
  });

  it('takes proxy-url, then HTTPS_PROXY unless NO_PROXY or the loopback keeps it out', async () => {
    const proxied = async (cluster: string, variables: Environment['variables']): Promise<string | undefined> =>
      (await loadClusterAccess({ kubeconfig: join(testFolder({ k: one(cluster, 'token: t') }), 'k') }, env(variables)))
        .proxy?.href;
    const server = 'server: https://api.corp.example:6443';
    expect(await proxied(`${server}, proxy-url: "socks5://p:1080"`, { HTTPS_PROXY: 'http://q:1' })).toBe(
      'socks5://p:1080',
    );
    expect(await proxied(server, { https_proxy: 'q:3128' })).toBe('http://q:3128/');
    expect(await proxied(server, { HTTP_PROXY: 'http://q:1' })).toBeUndefined();
    for (const NO_PROXY of ['*', 'corp.example', '.corp.example', 'x, api.corp.example:6443']) {
      expect(await proxied(server, { HTTPS_PROXY: 'http://q:1', NO_PROXY })).toBeUndefined();
    }
    for (const NO_PROXY of ['orp.example', 'api.corp.example:443']) {
      expect(await proxied(server, { HTTPS_PROXY: 'http://q:1', NO_PROXY })).toBe('http://q:1/');
    }
    expect(
      await proxied('server: https://10.1.2.3', { HTTPS_PROXY: 'http://q:1', NO_PROXY: '10.0.0.0/8' }),
    ).toBeUndefined();
    expect(await proxied('server: https://127.0.0.1:1', { HTTPS_PROXY: 'http://q:1' })).toBeUndefined();
    const ipv6 = 'server: "https://[2001:db8::1:5]:6443"';
    for (const NO_PROXY of ['2001:db8::1:5', '2001:0DB8:0::1:5', '[2001:db8::1:5]:6443', '2001:db8::/32']) {
      expect(await proxied(ipv6, { HTTPS_PROXY: 'http://q:1', NO_PROXY })).toBeUndefined();
    }
    for (const NO_PROXY of ['2001:db8::1', '[2001:db8::1:5]:443', '2001:db8::1:5:6443']) {
      expect(await proxied(ipv6, { HTTPS_PROXY: 'http://q:1', NO_PROXY })).toBe('http://q:1/');
    }
  });
});

describe('a kubeconfig that is wrong', () => {
  const cases: readonly (readonly [what: string, content: string, code: string, says: RegExp])[] = [
    ['no YAML', 'clusters: [', 'kubeconfig.invalid', /it is no YAML/],
    ['a list', '- a', 'kubeconfig.invalid', /a single value or a list/],
    ['a map of clusters', 'clusters: {a: b}', 'kubeconfig.invalid', /its "clusters" is not a list/],
    ['two users of one name', 'users: [{name: u}, {name: u}]', 'kubeconfig.invalid', /two users named "u"/],
    [
      'an alias bomb',
      `a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: [*c,*c,*c,*c,*c,*c,*c,*c,*c]`,
      'kubeconfig.invalid',
      /no YAML that can be read/,
    ],
    ['empty', '', 'kubeconfig.no-context', /no current context/],
    [
      'a cluster that is not described',
      'contexts: [{name: x, context: {cluster: c}}]\ncurrent-context: x',
      'kubeconfig.no-context',
      /the cluster "c", which the kubeconfig does not describe/,
    ],
    [
      'a user that is not described',
      'clusters: [{name: c, cluster: {server: "https://a"}}]\ncontexts: [{name: x, context: {cluster: c, user: u}}]\ncurrent-context: x',
      'kubeconfig.no-context',
      /the user "u", which/,
    ],
    ['a server that is none', one('server: "ftp://a"', 'token: t'), 'kubeconfig.invalid', /server is no address/],
    [
      'both an authority and no verification',
      one('server: https://a, insecure-skip-tls-verify: true, certificate-authority-data: QQ==', ''),
      'kubeconfig.invalid',
      /only one of both/,
    ],
    [
      'an authority file that is gone',
      one('server: https://a, certificate-authority: gone.crt', ''),
      'kubeconfig.credentials',
      /gone\.crt, does not exist/,
    ],
    [
      'a certificate without its key',
      one('server: https://a', 'client-certificate-data: QQ=='),
      'kubeconfig.credentials',
      /certificate without its key/,
    ],
    [
      'an authority file that never ends',
      one('server: https://a, certificate-authority: /dev/zero', ''),
      'kubeconfig.credentials',
      /\/dev\/zero, is a device or a pipe, not a file/,
    ],
    [
      'a user to act as who would end the header',
      one('server: https://a', 'as: "a\\r\\nX-Evil: 1"'),
      'kubeconfig.invalid',
      /characters or spaces that cannot be sent/,
    ],
    [
      'a group to act as that would lose its space and be another',
      one('server: https://a', 'as: a, as-groups: [" system:masters"]'),
      'kubeconfig.invalid',
      /characters or spaces that cannot be sent/,
    ],
    [
      'a token of spaces',
      one('server: https://a', 'token: "  "'),
      'kubeconfig.credentials',
      /^The token of the kubeconfig is empty\.$/,
    ],
    [
      'groups without a user',
      one('server: https://a', 'as-groups: [x]'),
      'kubeconfig.invalid',
      /only be impersonated together/,
    ],
  ];
  it.each(cases)('%s', async (_what, content, code, says) => {
    const error = await rejection(loadClusterAccess({ kubeconfig: join(testFolder({ k: content }), 'k') }, env({})));
    expect(error.code).toBe(code);
    expect(error.message).toMatch(says);
    expect(error.remedy).not.toBe('');
  });

  it('a token that would break a header', async () => {
    const access = loadClusterAccess(
      { kubeconfig: join(testFolder({ k: one('server: https://a', 'token: "canary\\nX-Evil: 1"') }), 'k') },
      env({}),
    );
    const error = await rejection(access);
    expect(error.code).toBe('kubeconfig.credentials');
    expect(error.message).not.toContain('canary');
  });
});
