import { chmodSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { boundByModes } from './bound-by-modes.ts';
import { diagnosisOf } from './diagnosis-json.ts';
import { expectFailure } from './failure-sentence.ts';
import type { Failure } from './failure-sentence.ts';
import { it } from './scene.ts';
import type { Scene } from './scene.ts';
import { crashingPod, smallCluster } from './small-cluster.ts';

const bound = boundByModes();
const look = ['diagnose', '-o', 'json'];
const nowhere = 'https://127.0.0.1:1';
const pod = JSON.stringify(crashingPod('web-1'));

/** Takes the rights off a file or folder; the scene gives them back in the end, so that it can be removed. */
function close(scene: Scene, name: string, mode = 0): void {
  const path = join(scene.folder, name);
  chmodSync(path, mode);
  scene.atEnd(() => chmodSync(path, 0o700));
}

interface Case extends Failure {
  readonly name: string;
  readonly prepare: (scene: Scene) => void;
  readonly args?: readonly string[];
}

function plugin(scene: Scene): void {
  scene.write('.kube/plugin', '#!/bin/sh\necho {}\n', 0o600);
  scene.kubeconfig({
    server: nowhere,
    user: { exec: { apiVersion: 'client.authentication.k8s.io/v1', command: './plugin', interactiveMode: 'Never' } },
  });
}

const cases: readonly Case[] = [
  {
    name: 'the kubeconfig',
    prepare: (scene) => {
      scene.kubeconfig({ server: nowhere });
      close(scene, '.kube/config');
    },
    exit: 69,
    code: 'kubeconfig.invalid',
    says: 'The kubeconfig */.kube/config may not be read by you.',
    todo: 'Change its permissions, or pass another one with --kubeconfig.',
  },
  {
    name: 'the folder of the kubeconfig',
    prepare: (scene) => {
      scene.kubeconfig({ server: nowhere });
      close(scene, '.kube');
    },
    exit: 69,
    code: 'kubeconfig.invalid',
    says: 'The kubeconfig */.kube/config may not be read by you.',
    todo: 'Change its permissions, or pass another one with --kubeconfig.',
  },
  {
    name: 'the key of the client certificate',
    prepare: (scene) => {
      for (const file of ['me.crt', 'me.key']) scene.write(`.kube/${file}`, 'x');
      scene.kubeconfig({ server: nowhere, user: { 'client-certificate': 'me.crt', 'client-key': 'me.key' } });
      close(scene, '.kube/me.key');
    },
    exit: 69,
    code: 'kubeconfig.credentials',
    says: 'The file of the client key, */.kube/me.key, may not be read by you.',
    todo: 'Change its permissions, or get a new kubeconfig.',
  },
  {
    name: 'the token file',
    prepare: (scene) => {
      scene.write('.kube/token', 'x');
      scene.kubeconfig({ server: nowhere, user: { tokenFile: 'token' } });
      close(scene, '.kube/token');
    },
    exit: 69,
    code: 'kubeconfig.credentials',
    says: 'The file of the token, */.kube/token, may not be read by you.',
    todo: 'Change its permissions, or get a new kubeconfig.',
  },
  {
    name: 'the credential plugin',
    prepare: plugin,
    exit: 69,
    code: 'kubeconfig.credentials',
    says: 'The credential plugin "./plugin" may not be run by you.',
    todo: "Run the plugin by hand, or log in again with your cloud's tool, and try again.",
  },
  {
    name: 'a bundle of one file',
    prepare: (scene) => {
      scene.write('bundle', pod);
      close(scene, 'bundle');
    },
    args: ['--from', 'bundle'],
    exit: 69,
    code: 'bundle.not-found',
    says: 'bundle may not be read by this user.',
    todo: 'Change its permissions, or copy it to a place that you may read.',
  },
  {
    name: 'the folder of a bundle',
    prepare: (scene) => {
      scene.write('bundle/pod.json', pod);
      close(scene, 'bundle');
    },
    args: ['--from', 'bundle'],
    exit: 69,
    code: 'bundle.not-found',
    says: 'bundle may not be read by this user.',
    todo: 'Change its permissions, or copy it to a place that you may read.',
  },
  {
    name: 'every file in the folder of a bundle',
    prepare: (scene) => {
      scene.write('bundle/pod.json', pod);
      close(scene, 'bundle', 0o600);
    },
    args: ['--from', 'bundle'],
    exit: 69,
    code: 'bundle.not-a-bundle',
    says: 'bundle holds no Kubernetes objects ("pod.json" may not be read by this user).',
    todo: 'Pass a folder, archive or file with objects as "kubectl get -o yaml" prints them, a cluster-info dump, a must-gather, a support bundle, or what `autodevops capture` wrote.',
  },
  {
    name: 'the file of suppressions',
    prepare: (scene) => {
      scene.write('known.yaml', '[]');
      close(scene, 'known.yaml');
    },
    args: ['--sample', '--suppressions', 'known.yaml'],
    exit: 64,
    code: 'suppression.invalid',
    says: 'The file of suppressions, known.yaml, may not be read by you.',
    todo: 'Change its permissions, or give another one with --suppressions.',
  },
];

describe.concurrent('what this user may not read:', () => {
  for (const { name, prepare, args = [], ...failure } of cases) {
    it(name, async ({ scene, skip }) => {
      if (bound === undefined) return skip('modes bind nobody here');
      prepare(scene);
      return expectFailure(await scene.run([...look, ...args], { through: bound }), failure);
    });
  }

  it('a part of a bundle, which is a blind spot', async ({ scene, skip }) => {
    if (bound === undefined) return skip('modes bind nobody here');
    for (const file of ['good.json', 'secret.json', 'closed/x.json']) scene.write(`bundle/${file}`, pod);
    for (const part of ['secret.json', 'closed']) close(scene, `bundle/${part}`);
    const ran = await scene.run([...look, '--from', 'bundle'], { through: bound });
    const { verdict, causes, blindSpots } = diagnosisOf(ran);
    expect([verdict, ran.code, causes.map(({ object }) => object.name)]).toEqual(['problem', 1, ['web-1']]);
    for (const part of ['closed', 'secret.json']) {
      expect(blindSpots).toContainEqual({
        what: 'A part of the bundle',
        why: `"${part}" may not be read by this user.`,
        remedy: 'Record it again, or look at that part by hand.',
      });
    }
  });
});

describe.concurrent('where this user may not write:', () => {
  for (const [name, output] of [
    ['a folder', 'closed/out.tar.gz'],
    ['what is there already', 'closed'],
  ] as const) {
    it(`a capture into ${name}`, async ({ scene, skip }) => {
      if (bound === undefined) return skip('modes bind nobody here');
      await scene.replay(smallCluster());
      mkdirSync(join(scene.folder, 'closed'));
      close(scene, 'closed');
      const ran = await scene.run(['capture', '-o', output], { through: bound });
      expect(ran.stderr).toMatch(
        /^Error: .*closed(?:\/out\.tar\.gz)? could not be written: you may not write there\.\nGive another place with --output, or change its permissions\.\n$/,
      );
      expect([ran.stdout, ran.code]).toEqual(['', 69]);
      chmodSync(join(scene.folder, 'closed'), 0o700);
      return expect(readdirSync(join(scene.folder, 'closed'))).toEqual([]);
    });
  }

  it('the compiled code and the log of failures, without which all goes on', async ({ scene, skip }) => {
    if (bound === undefined) return skip('modes bind nobody here');
    await scene.replay(smallCluster([crashingPod('web-1')]));
    for (const folder of ['state', 'cache']) {
      mkdirSync(join(scene.folder, folder));
      close(scene, folder);
    }
    const ran = await scene.run(look, { through: bound, env: { XDG_CACHE_HOME: join(scene.folder, 'cache') } });
    return expect([diagnosisOf(ran).verdict, ran.code]).toEqual(['problem', 1]);
  });
});
