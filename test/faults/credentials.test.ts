import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import type { FaultRequest } from '../../packages/kube/src/replay/replay-server.ts';
import { diagnosisOf } from './diagnosis-json.ts';
import { expectFailure } from './failure-sentence.ts';
import type { Failure } from './failure-sentence.ts';
import { canary } from './run-command.ts';
import { it } from './scene.ts';
import type { Scene } from './scene.ts';
import { crashingPod, runningPod, smallCluster } from './small-cluster.ts';

const look = ['diagnose', '-o', 'json'];
const there = 'The API server of context "faulty" (http://127.0.0.1:*)';
const login = 'Log in again, or get a new kubeconfig (for Kind: `kind export kubeconfig`).';

/** The second page of the pods: the middle of a run, with other lists under way. */
function isSecondPage({ path, query }: FaultRequest): boolean {
  return path === '/api/v1/pods' && query.has('continue');
}

/** A plugin whose n-th run does as the n-th line says, the last one from then on; how often it ran is counted. */
function pluginThat(scene: Scene, server: string, lines: readonly string[]): () => number {
  const counter = join(scene.folder, 'plugin-runs');
  scene.write('plugin-runs', '');
  const cases = lines.map((line, i) => `${i === lines.length - 1 ? '*' : i + 1}) ${line} ;;`);
  scene.write(
    '.kube/plugin',
    `#!/bin/sh\nprintf x >> ${counter}\ncase $(wc -c < ${counter} | tr -d ' ') in\n${cases.join('\n')}\nesac\n`,
    0o700,
  );
  scene.kubeconfig({
    server,
    user: { exec: { apiVersion: 'client.authentication.k8s.io/v1', command: './plugin', interactiveMode: 'Never' } },
  });
  return () => readFileSync(counter, 'utf8').length;
}

function giving(token: string): string {
  return `echo '{"apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential","status":{"token":"${token}"}}'`;
}

interface Guard {
  readonly before: string;
  readonly after: readonly string[];
  readonly moment?: (request: FaultRequest) => boolean;
  readonly onMoment?: () => void;
}

/** Serves a cluster of several pages of pods to whoever holds a token that is good; from the moment on, others are. */
async function guarded(
  scene: Scene,
  { before, after, moment = isSecondPage, onMoment = () => undefined }: Guard,
): Promise<string> {
  const pods = Array.from({ length: 501 }, (_, i) => (i === 0 ? crashingPod('sick') : runningPod(`web-${i}`)));
  let good: readonly string[] = [before];
  const { url } = await scene.replay(smallCluster(pods), {
    fault: (request) => {
      if (good[0] === before && moment(request)) {
        good = after;
        onMoment();
      }
      return good.some((token) => request.headers['authorization'] === `Bearer ${token}`)
        ? undefined
        : { kind: 'status', code: 401 };
    },
  });
  return url;
}

async function expectWholeAnswer(scene: Scene): Promise<void> {
  const ran = await scene.run(look);
  const { verdict, blindSpots, causes } = diagnosisOf(ran);
  expect([verdict, ran.code, blindSpots]).toEqual(['problem', 1, []]);
  expect(causes.map(({ object }) => object.name)).toEqual(['sick']);
}

describe.concurrent('a credential that ends in the middle of the pages', () => {
  it('of a plugin is asked for again, once for all lists, and nothing is missing', async ({ scene }) => {
    const server = await guarded(scene, { before: `${canary}-1`, after: [`${canary}-2`] });
    const runs = pluginThat(scene, server, [giving(`${canary}-1`), giving(`${canary}-2`)]);
    await expectWholeAnswer(scene);
    expect(runs()).toBe(2);
  });

  it('and that was rotated in its file is read again', async ({ scene }) => {
    const server = await guarded(scene, {
      before: `${canary}-1`,
      after: [`${canary}-2`],
      onMoment: () => scene.write('.kube/token', `${canary}-2\n`),
    });
    scene.write('.kube/token', `${canary}-1\n`);
    scene.kubeconfig({ server, user: { tokenFile: 'token' } });
    await expectWholeAnswer(scene);
  });

  it('before the logs are read does not cost them', async ({ scene }) => {
    const isLog = ({ path }: FaultRequest): boolean => path.endsWith('/log');
    const server = await guarded(scene, { before: `${canary}-1`, after: [`${canary}-2`], moment: isLog });
    const runs = pluginThat(scene, server, [giving(`${canary}-1`), giving(`${canary}-2`)]);
    await expectWholeAnswer(scene);
    expect(runs()).toBe(2);
  });

  const ends: readonly (Omit<Failure, 'exit'> & { readonly name: string; readonly second: string })[] = [
    {
      name: 'and whose next one is refused too',
      second: giving(`${canary}-2`),
      code: 'cluster.unauthorized',
      says: `${there} does not accept the credentials of the plugin of the context.`,
      todo: login,
    },
    {
      name: 'and cannot be had again',
      second: `echo "the session is over, password=${canary}" >&2; exit 1`,
      code: 'kubeconfig.credentials',
      says: 'The credential plugin "./plugin" failed (exit code 1): the session is over, password=*.',
      todo: "Run the plugin by hand, or log in again with your cloud's tool, and try again.",
    },
  ];
  for (const { name, second, ...failure } of ends) {
    it(name, async ({ scene }) => {
      const server = await guarded(scene, { before: `${canary}-1`, after: [] });
      const runs = pluginThat(scene, server, [giving(`${canary}-1`), second]);
      expectFailure(await scene.run(look), { exit: 69, ...failure });
      expect(runs()).toBe(2);
    });
  }

  it('and that nothing renews is told, and no half answer', async ({ scene }) => {
    const server = await guarded(scene, { before: `${canary}-1`, after: [] });
    scene.kubeconfig({ server, user: { token: `${canary}-1` } });
    expectFailure(await scene.run(look), {
      exit: 69,
      code: 'cluster.unauthorized',
      says: `${there} does not accept the token of the context.`,
      todo: login,
    });
  });

  it('of a token that says so itself is told with the date', async ({ scene }) => {
    const claims = Buffer.from(JSON.stringify({ exp: Date.UTC(2026, 0, 2, 3, 4) / 1000 })).toString('base64url');
    const server = await guarded(scene, { before: 'another', after: [] });
    scene.kubeconfig({ server, user: { token: `e30.${claims}.${canary}` } });
    expectFailure(await scene.run(look), {
      exit: 69,
      code: 'cluster.unauthorized',
      says: `${there} does not accept the token of the context: it ended on 2026-01-02 03:04 UTC.`,
      todo: login,
    });
  });
});
