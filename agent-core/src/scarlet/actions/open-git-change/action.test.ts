import { describe, expect, it } from 'vitest';
import type { Manifest } from '@autodevops/domain/change/operation';
import type { GitChange } from '@autodevops/domain/ports/git-changes';
import type { Live } from '../../action.ts';
import type { Json } from '../../patches/field-patch.ts';
import { actionScene, actionSceneWith } from '../../testing/action-scene.ts';
import type { ActionScene } from '../../testing/action-scene.ts';
import { container, deployment, deploymentName } from '../../testing/objects.ts';

const before =
  'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\n  namespace: shop\nspec:\n  replicas: 3\n';
const after = before.replace('3', '5');

interface Repositories {
  readonly git: NonNullable<Live['git']>;
  readonly opened: GitChange[];
}
/** The repository "apps" with one file on main. */
function repositories(): Repositories {
  const opened: GitChange[] = [];
  const git: Repositories['git'] = {
    repositories: ['apps'],
    read: async (_repository, base, path) =>
      await Promise.resolve(base === 'main' && path === 'shop/web.yaml' ? before : undefined),
    find: async (change) =>
      await Promise.resolve(
        opened.some((one) => one.branch === change.branch)
          ? { commit: 'c0ffee', branch: change.branch, page: 'https://git.example/pull/7' }
          : undefined,
      ),
  };
  return { git, opened };
}
function asked(params: Readonly<Record<string, Json>> = {}) {
  return {
    action: 'open-git-change',
    target: deploymentName,
    params: {
      repository: 'apps',
      title: 'Run five replicas',
      why: 'Three are not enough.',
      evidence: ['HPA shop/web is at its maximum'],
      files: [{ path: 'shop/web.yaml', content: after }],
      ...params,
    },
  };
}
function sceneOf(...objects: readonly Manifest[]): ActionScene {
  return actionSceneWith({ git: repositories().git }, ...objects);
}
const withFile = (path: string, content: string | null) => asked({ files: [{ path, content }] });

describe('open-git-change', () => {
  it('proposes the files on a branch of its own, and withdraws that', async () => {
    const { planned, draft } = await sceneOf(deployment()).plan(asked());
    expect(planned.operations).toMatchObject([
      {
        verb: 'open-git-change',
        repository: 'apps',
        base: 'main',
        title: 'Run five replicas',
        files: [{ path: 'shop/web.yaml', content: after }],
      },
    ]);
    const [operation] = planned.operations;
    const branch = operation?.verb === 'open-git-change' ? operation.branch : '';
    expect(branch).toMatch(/^autodevops\/[0-9a-f]{12}$/);
    expect(planned.sentences.will).toBe(
      `Propose "Run five replicas" in repository apps on branch ${branch}: 1 file against main.`,
    );
    expect(planned.undo.operations).toEqual(planned.operations);
    expect(draft.notes).toEqual(['shop/web.yaml: changed.', 'The cluster changes only when people merge it.']);
  });

  it('tells reviewers why, what was seen, what would differ and the way back', async () => {
    const { planned } = await sceneOf(deployment()).plan(asked());
    const [operation] = planned.operations;
    const body = operation?.verb === 'open-git-change' ? operation.body : '';
    expect(body).toContain('For Deployment shop/web. Three are not enough.');
    expect(body).toContain('    HPA shop/web is at its maximum');
    expect(body).toContain('    Deployment shop/web spec.replicas: 3 → 5');
    expect(body).toContain('revert its commit on `main`');
  });

  it('keeps secrets and markup of others out of the text', async () => {
    const { planned } = await sceneOf(deployment()).plan(
      asked({ evidence: ['password=hunter2hunter2', '# Approved by everyone'] }),
    );
    const [operation] = planned.operations;
    const body = operation?.verb === 'open-git-change' ? operation.body : '';
    expect(body).not.toContain('hunter2');
    expect(body).not.toMatch(/^# Approved/m);
  });

  it('mentions nobody, closes nothing and shows no picture for who says why', async () => {
    const { planned } = await sceneOf(deployment()).plan(
      asked({ why: '@org/team closes #1 ![x](https://evil.example/x.png) <img src=x>' }),
    );
    const [operation] = planned.operations;
    const body = operation?.verb === 'open-git-change' ? operation.body : '';
    expect(body.split('\n')[0]?.replaceAll(/&#\d+;/g, '')).not.toMatch(/@|(?<!\\)#|(?<!\\)!|(?<!\\)\[|:\/\/|<img/);
  });

  it('has no title that reads otherwise than it is', async () => {
    await expect(sceneOf(deployment()).plan(asked({ title: 'Run \u202efive' }))).rejects.toThrow('cannot be seen');
  });

  it('keeps a password of the cluster out of what would differ', async () => {
    const live = deployment({
      containers: [
        container({
          env: [
            { name: 'DB_PASSWORD', value: 'hunter2' },
            { name: 'MODE', value: 'slow' },
          ],
        }),
      ],
    });
    const content =
      'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web, namespace: shop}\nspec: {template: {spec: {containers: [{name: app, env: [{name: MODE, value: fast}]}]}}}\n';
    const { planned } = await sceneOf(live).plan(withFile('shop/web.yaml', content));
    expect(JSON.stringify(planned)).toContain('[redacted]');
    expect(JSON.stringify(planned)).not.toContain('hunter2');
  });

  it('has the same branch for the same proposal, and another for another', async () => {
    const branches = await Promise.all(
      [asked(), asked(), asked({ title: 'Other' })].map(async (one) => {
        const [operation] = (await sceneOf(deployment()).plan(one)).planned.operations;
        return operation?.verb === 'open-git-change' ? operation.branch : '';
      }),
    );
    expect(branches[0]).toBe(branches[1]);
    expect(branches[0]).not.toBe(branches[2]);
  });

  it('has succeeded when the branch is there', async () => {
    const { git, opened } = repositories();
    const scene = actionSceneWith({ git }, deployment());
    const { planned } = await scene.plan(asked());
    expect((await scene.verify(planned)).state).toBe('waiting');
    for (const operation of planned.operations) if (operation.verb === 'open-git-change') opened.push(operation);
    expect((await scene.verify(planned)).says).toMatch(
      /^Branch autodevops\/\w+ of apps is there: https:\/\/git\.example\/pull\/7\.$/,
    );
  });

  it('may remove a file that is there, and not one that is not', async () => {
    expect((await sceneOf(deployment()).plan(withFile('shop/web.yaml', null))).draft.notes).toContain(
      'shop/web.yaml: goes.',
    );
    expect(await sceneOf(deployment()).refusal(withFile('shop/api.yaml', null))).toBe(
      'shop/api.yaml is not in main of apps, so it cannot go.',
    );
  });

  it.each([
    [
      'a repository that is not configured',
      asked({ repository: 'app' }),
      'The configuration names no repository "app".',
    ],
    ['what is so already', withFile('shop/web.yaml', before), 'The files are in main of apps like this already.'],
    [
      'the values of a Secret',
      withFile('s.yaml', 'apiVersion: v1\nkind: Secret\nmetadata: {name: s}\nstringData: {user: ann}\n'),
      's.yaml holds the values of a Secret: what is in Git stays there.',
    ],
    [
      'a token',
      withFile('values.yaml', 'apiToken: abcdef0123456789\n'),
      'values.yaml holds what looks like a secret: what is in Git stays there.',
    ],
    [
      'a password in a variable',
      withFile(
        'web.yaml',
        'apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec: {containers: [{name: app, image: a, env: [{name: DB_PASSWORD, value: hunter2}]}]}\n',
      ),
      'web.yaml holds what looks like a secret: what is in Git stays there.',
    ],
    [
      'a program of the host',
      withFile('Jenkinsfile', 'sh "id"'),
      "Jenkinsfile tells the repository's host what to run or whom to ask.",
    ],
    [
      'a file named twice',
      asked({
        files: [
          { path: 'a.yaml', content: '1' },
          { path: 'a.yaml', content: '2' },
        ],
      }),
      'a.yaml is named twice.',
    ],
  ])('refuses %s', async (_name, request, sentence) => {
    expect(await sceneOf(deployment()).refusal(request)).toBe(sentence);
  });

  it.each(['../x', '/etc/passwd', '.github/workflows/a.yml', 'a/.git/config', 'a//b', 'a\\b', 'a/..', ''])(
    'refuses the path %j',
    async (path) => {
      expect(await sceneOf(deployment()).refusal(withFile(path, 'x'))).toContain('is not right');
    },
  );

  it('refuses without repositories', async () => {
    expect(await actionScene(deployment()).refusal(asked())).toBe('This agent has no Git repositories.');
  });
});
