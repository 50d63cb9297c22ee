import type { Change } from '@autodevops/domain/change/change';
import type { ActionRequest } from '@autodevops/domain/change/plan';
import type { Incident } from '@autodevops/domain/incident/incident';
import { refByName } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import { redact } from '@autodevops/domain/redact';
import { keptText } from '../kept-text.ts';
import type { PostMortemPlace } from './post-mortem-place.ts';
import { postMortem } from './post-mortem.ts';

/** What the change is about: what was wrong, or where alerts say that it was. */
function about({ causes, alerts }: Incident): ObjectRef {
  const namespace = alerts
    .map(({ labels }) => labels['namespace'] ?? '')
    .find((one) => /^[a-z0-9][a-z0-9-]{0,62}$/.test(one));
  return causes[0]?.object ?? refByName('Namespace', '', namespace ?? 'default');
}

/** The request by which the draft of a post-mortem becomes a proposal in Git. What is in Git stays, so it is redacted once more as a whole. */
export function postMortemRequest(
  incident: Incident,
  changes: readonly Change[],
  { repository, path, base }: PostMortemPlace,
): ActionRequest {
  const { id, title, openedAt } = incident;
  return {
    action: 'open-git-change',
    target: about(incident),
    params: {
      repository,
      ...(base === undefined ? {} : { base }),
      title: keptText(`Post-mortem of ${id}`, 100),
      why: keptText(`What happened, and what is to be done: ${title}`, 500),
      evidence: [],
      files: [
        {
          path: path ?? `postmortems/${openedAt.slice(0, 10)}-${id}.md`,
          content: redact(postMortem(incident, changes)),
        },
      ],
    },
  };
}
