import type { ChangeState } from '@autodevops/domain/change/change';
import type { Decision } from '@autodevops/domain/change/decision';

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
