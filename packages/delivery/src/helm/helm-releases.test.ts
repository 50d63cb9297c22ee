import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { HelmReleases, HelmRollback } from '@autodevops/domain/ports/helm-releases';
import { helmReleases } from './helm-releases.ts';

/** Stands for helm: release shop/web at the revision that a file holds. Notes what it was asked, one argument a line. */
const script = `#!/bin/sh
{ for word in "$@"; do echo "$word"; done; echo --; } >> "$FOLDER/notes"
env | grep '^HELM_' >> "$FOLDER/variables"
case "$1 $2" in
  "history web") printf '[{"revision":%s,"updated":"2026-01-01T12:00:00Z","status":"deployed","chart":"web-1.0.0"}]' "$(cat "$FOLDER/revision")" ;;
  "history odd") echo 'WARNING: what is this' ;;
  "history sick") echo 'Error: Kubernetes cluster unreachable: password=hunter2hunter2' >&2; exit 1 ;;
  "history locked") echo 'Error: query: failed to query with labels: secrets is forbidden: User "ann" cannot list resource "secrets"' >&2; exit 1 ;;
  "history broken") echo 'Error: something else' >&2; exit 1 ;;
  "history "*) echo 'Error: release: not found' >&2; exit 1 ;;
  "rollback web")
    [ "$3" = 9 ] && { echo 'Error: release has no 9 version' >&2; exit 1; }
    [ "$3" = 8 ] && exec sleep 60
    echo $(( $(cat "$FOLDER/revision") + 1 )) > "$FOLDER/revision" ;;
esac
`;

interface Stage {
  readonly releases: HelmReleases;
  readonly notes: () => readonly string[];
  readonly variables: () => string;
}

function stage(): Stage {
  const folder = mkdtempSync(join(tmpdir(), 'autodevops-helm-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, 'helm'), script);
  chmodSync(join(folder, 'helm'), 0o755);
  writeFileSync(join(folder, 'revision'), '2');
  const read = (name: string): string =>
    existsSync(join(folder, name)) ? readFileSync(join(folder, name), 'utf8') : '';
  return {
    releases: helmReleases({
      program: join(folder, 'helm'),
      variables: { PATH: process.env['PATH'], FOLDER: folder, HELM_KUBETOKEN: 't', HELM_PLUGINS: '/tmp/p' },
      kubeconfig: '/etc/a kubeconfig',
      context: 'dev',
    }),
    notes: () =>
      read('notes')
        .split('--\n')
        .filter((call) => call !== '')
        .map((call) => call.trim().replaceAll('\n', '|')),
    variables: () => read('variables'),
  };
}

const soon = (): { readonly signal: AbortSignal } => ({ signal: AbortSignal.timeout(20_000) });
const toFirst: HelmRollback = { verb: 'helm-rollback', namespace: 'shop', release: 'web', revision: 1, newest: 2 };

it('tells the newest revision, of the cluster that was chosen', async () => {
  const { releases, notes } = stage();
  expect(await releases.newest('shop', 'web', soon())).toEqual({ revision: 2, status: 'deployed' });
  expect(notes()).toEqual([
    'history|web|--namespace|shop|--max|1|--output|json|--kubeconfig|/etc/a kubeconfig|--kube-context|dev',
  ]);
});

it('knows a release that is not there', async () => {
  expect(await stage().releases.newest('shop', 'none', soon())).toBeUndefined();
  await expect(stage().releases.rollback({ ...toFirst, release: 'none' }, soon())).rejects.toMatchObject({
    code: 'change.refused',
  });
});

it('rolls back once: a second sending meets another newest revision', async () => {
  const { releases, notes } = stage();
  await releases.rollback(toFirst, soon());
  expect(notes()[1]).toMatch(/^rollback\|web\|1\|--namespace\|shop\|--timeout\|/);
  await expect(releases.rollback(toFirst, soon())).rejects.toMatchObject({
    code: 'cluster.conflict',
    message: 'Helm release shop/web is at revision 3, not at 2.',
  });
  expect(notes().filter((call) => call.startsWith('rollback'))).toHaveLength(1);
});

it('says that it is not known what became of a rollback that did not end well', async () => {
  await expect(stage().releases.rollback({ ...toFirst, revision: 9 }, soon())).rejects.toMatchObject({
    code: 'cluster.outcome-unknown',
    message: expect.stringContaining('release has no 9 version'),
  });
});

it('keeps secrets out of what it says, and says what it cannot read', async () => {
  const failure = await stage()
    .releases.newest('shop', 'sick', soon())
    .then(
      () => undefined,
      (error: unknown) => error,
    );
  expect(failure).toMatchObject({ code: 'cluster.unreachable', message: expect.stringContaining('unreachable') });
  expect(String(failure)).not.toContain('hunter2');
  await expect(stage().releases.newest('shop', 'odd', soon())).rejects.toMatchObject({ code: 'cluster.bad-answer' });
});

it.each(['--debug', 'a b', 'A', '', '../web', 'web;id'])('asks no program about %j', async (release) => {
  const { releases, notes } = stage();
  await expect(releases.newest('shop', release, soon())).rejects.toMatchObject({ code: 'change.refused' });
  await expect(releases.rollback({ ...toFirst, namespace: release }, soon())).rejects.toMatchObject({
    code: 'change.refused',
  });
  expect(notes()).toEqual([]);
});

it('tells what kept it from looking, so that it is known that nothing was done', async () => {
  const { releases, notes } = stage();
  await expect(releases.rollback({ ...toFirst, release: 'locked' }, soon())).rejects.toMatchObject({
    code: 'cluster.forbidden',
  });
  await expect(releases.rollback({ ...toFirst, release: 'broken' }, soon())).rejects.toMatchObject({
    code: 'cluster.server-error',
  });
  expect(notes().filter((call) => call.startsWith('rollback'))).toEqual([]);
});

it('acts as the person of the change, whose name is no option', async () => {
  const { releases, notes } = stage();
  await releases.rollback(toFirst, { ...soon(), as: { user: '--debug', groups: ['developers', 'on call'] } });
  for (const call of notes()) {
    expect(call).toMatch(/\|--kube-as-user=--debug\|--kube-as-group=developers\|--kube-as-group=on call$/);
  }
  expect(notes()).toHaveLength(2);
});

it('hands no other identity or plugin of the environment on', async () => {
  const { releases, variables } = stage();
  await releases.newest('shop', 'web', soon());
  expect(variables()).toBe('');
});

it('ends the program when it is told to stop', async () => {
  const stop = new AbortController();
  const { releases, notes } = stage();
  const waiting = releases.rollback({ ...toFirst, revision: 8 }, { signal: stop.signal });
  while (notes().length < 2) {
    await new Promise((resolve) => {
      setTimeout(resolve, 10);
    });
  }
  stop.abort();
  await expect(waiting).rejects.toMatchObject({ code: 'interrupted' });
});

it('says so where there is no helm', async () => {
  await expect(helmReleases({ program: '/nowhere/helm' }).newest('shop', 'web', soon())).rejects.toMatchObject({
    code: 'change.refused',
    message: 'There is no program /nowhere/helm on this machine, or it cannot be run.',
  });
});
