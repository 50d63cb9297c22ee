import { redact } from '@autodevops/domain/redact';
import { expect, it } from 'vitest';
import { incidentOf } from '../incident-state.ts';
import { postMortemRequest } from './post-mortem-request.ts';
import { ann, cause, firingAlert, openedByAlert } from '../testing/incident-events.ts';
import type { Incident } from '@autodevops/domain/incident/incident';

function incident(changes: Parameters<typeof openedByAlert>[0] = {}): Incident {
  const found = incidentOf('inc-abcdef123456', [
    openedByAlert(changes),
    { type: 'resolved', time: '2026-01-01T01:00:00.000Z', actor: ann, why: 'Undone.' },
  ]);
  if (found === undefined) throw new Error('There is none.');
  return found;
}

it('a post-mortem is asked for as one file, about what was wrong', () => {
  expect(postMortemRequest(incident({ causes: [cause()] }), [], { repository: 'runbooks' })).toMatchObject({
    action: 'open-git-change',
    target: { kind: 'Deployment', namespace: 'shop', name: 'api' },
    params: {
      repository: 'runbooks',
      title: 'Post-mortem of inc-abcdef123456',
      files: [{ path: 'postmortems/2026-01-01-inc-abcdef123456.md', content: expect.stringContaining('# ShopDown') }],
    },
  });
  expect(postMortemRequest(incident(), [], { repository: 'runbooks', path: 'docs/x.md', base: 'trunk' })).toMatchObject(
    { target: { kind: 'Namespace', name: 'shop' }, params: { base: 'trunk', files: [{ path: 'docs/x.md' }] } },
  );
  expect(
    postMortemRequest(incident({ alerts: [firingAlert('f', { labels: { namespace: '../etc' } })] }), [], {
      repository: 'runbooks',
    }).target,
  ).toMatchObject({ kind: 'Namespace', name: 'default' });
});

it('it holds nothing that looks like a secret, though only the whole of it does', () => {
  const [file] = postMortemRequest(
    incident({ title: 'password:', alerts: [firingAlert('f', { name: 'token=', summary: 'x' })] }),
    [],
    { repository: 'runbooks' },
  ).params['files'] as { content: string }[];
  expect(redact(file?.content ?? '')).toBe(file?.content);
});
