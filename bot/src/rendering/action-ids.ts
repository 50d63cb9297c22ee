/** What a button or a menu is called in Slack's payload, and by it the handler: `action.approve-change`. */
export const actionIds = {
  approve: 'approve-change',
  reject: 'reject-change',
  showDiff: 'show-diff',
  showChange: 'show-change',
  ask: 'ask-about',
  undo: 'undo-change',
  runFix: 'run-fix',
  showEvidence: 'show-evidence',
  proposeFix: 'propose-fix',
  showCause: 'show-cause',
  assignMe: 'assign-me',
  acknowledge: 'acknowledge-incident',
  resolve: 'resolve-incident',
  severity: 'set-severity',
  update: 'update-incident',
  showIncident: 'show-incident',
  postMortem: 'show-postmortem',
  showPanel: 'show-panel',
  openIncident: 'open-incident',
  share: 'share-answer',
  nextPage: 'next-page',
  killSwitch: 'kill-switch',
  link: 'link-account',
  refreshHome: 'refresh-home',
} as const;
export type ActionId = (typeof actionIds)[keyof typeof actionIds];

/** What a modal is called (`callback_id`), and by it the handler: `view.open-incident`. */
export const viewIds = {
  openIncident: 'open-incident',
  reject: 'reject-change',
  severity: 'set-severity',
  update: 'update-incident',
  resolve: 'resolve-incident',
  link: 'link-account',
  killSwitch: 'kill-switch',
  askJamie: 'ask-jamie',
  askAbout: 'ask-about',
  addToTimeline: 'add-to-timeline',
  shown: 'shown',
} as const;
export type ViewId = (typeof viewIds)[keyof typeof viewIds];

/** A yes is bound to what was shown: the button carries the change and the digest of it. */
export function approvalValue({ id, digest }: { readonly id: string; readonly digest: string }): string {
  return `${id} ${digest}`;
}

/** The change and the digest that a button carries; undefined when it is not from a button of this version. */
export function readApprovalValue(value: string): { readonly id: string; readonly digest: string } | undefined {
  const [, id, digest] = /^(chg-[a-z0-9]{6,32}) ([\w:+/=.-]{16,200})$/.exec(value) ?? [];
  return id === undefined || digest === undefined ? undefined : { id, digest };
}
