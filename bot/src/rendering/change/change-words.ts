import type { ChangeState } from '@autodevops/domain/change/change';
import type { Decision } from '@autodevops/domain/change/decision';
import type { Facts } from '@autodevops/domain/change/plan';
import { counted, listed } from '../text/count-words.ts';

export const changeMarks: Readonly<Record<ChangeState, string>> = {
  proposed: '🟡',
  waiting: '🟡',
  approved: '🟢',
  executing: '⏳',
  verifying: '⏳',
  undoing: '↩️',
  succeeded: '✅',
  undone: '↩️',
  failed: '🔴',
  unknown: '❔',
  rejected: '⛔',
  forbidden: '⛔',
  expired: '⌛',
  cancelled: '➖',
  superseded: '➖',
};

export const changeHeadings: Readonly<Record<ChangeState, string>> = {
  proposed: 'Proposal',
  waiting: 'Proposal waits for a yes',
  approved: 'Approved',
  executing: 'Being done',
  verifying: 'Done, being verified',
  undoing: 'Being taken back',
  succeeded: 'Done and verified',
  undone: 'Taken back',
  failed: 'Failed',
  unknown: 'Outcome unknown',
  rejected: 'Rejected',
  forbidden: 'Forbidden by the policy',
  expired: 'Expired',
  cancelled: 'Withdrawn',
  superseded: 'Superseded',
};

/** How far it reaches, in one sentence; what could not be found out is said. */
export function reachText({ blastRadius, reversible, managedBy }: Facts): string {
  const back = reversible ? 'It can be taken back.' : 'It cannot be taken back.';
  const tools = (managedBy ?? []).map(({ tool, owner }) => `${tool} (${owner})`);
  const tool = tools.length === 0 ? '' : ` ${listed(tools, 3)} would put it back.`;
  if (blastRadius === undefined) return `How far it reaches could not be found out. ${back}${tool}`;
  const { objects, services, namespaces, shareOfReadyEndpoints, readyEndpoints } = blastRadius;
  const share = `${Math.round(shareOfReadyEndpoints * 100)}%`;
  const ends =
    readyEndpoints === undefined
      ? `${share} of its ready endpoints`
      : readyEndpoints === 0
        ? 'no endpoint of it is ready now'
        : `${share} of ${counted(readyEndpoints, 'ready endpoint')}`;
  const served =
    services.length === 0
      ? 'no Service'
      : `${services.length === 1 ? 'Service' : 'Services'} ${listed(services, 5)} (${ends})`;
  const where = namespaces.length < 2 ? '' : ` in namespaces ${listed(namespaces, 5)}`;
  return `Reaches ${counted(objects, 'object')}${where} and ${served}. ${back}${tool}`;
}

function whose(roles: readonly string[]): string {
  return roles.length === 0 ? '' : ` with the role ${roles.join(' or ')}`;
}

/** Several rules may each want their own people; one person's yes may count for several. */
function demandText({ demands = [] }: Decision): string {
  if (demands.length < 2) return '';
  return ` Needed: ${demands.map(({ approvals, roles }) => `${approvals} of ${roles.length === 0 ? 'anybody' : `people${whose(roles)}`}`).join('; ')}.`;
}

/** Who may approve. */
export function tierText(decision: Decision): string {
  const { tier, roles } = decision;
  switch (tier) {
    case 'auto':
      return 'The policy lets it be done at once.';
    case 'one':
      return `One person${whose(roles)} has to agree.${demandText(decision)}`;
    case 'two':
      return `Two people${whose(roles)} have to agree.${demandText(decision)}`;
    case 'forbidden':
      return 'The policy forbids it.';
  }
}
