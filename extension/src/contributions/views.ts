import type { Icon } from './icons.ts';

interface ViewEntry {
  readonly name: string;
  readonly icon: Icon;
  readonly kind: 'tree' | 'webview';
  readonly visibility: 'visible' | 'collapsed';
  /** Its share of the sidebar's height at first, as in `flex-grow`. */
  readonly share: number;
}

export const container = { id: 'autodevops', title: 'Auto-DevOps', icon: 'media/activity.svg' } as const;

/** Every view of the sidebar, in its order. On a small screen Jamie and the problems have the room; the status bar says what stirs in the others. */
export const views = {
  'autodevops.chat': { name: 'Jamie', icon: 'comment-discussion', kind: 'webview', visibility: 'visible', share: 6 },
  'autodevops.problems': {
    name: 'Problems of the Cluster',
    icon: 'pulse',
    kind: 'tree',
    visibility: 'visible',
    share: 3,
  },
  'autodevops.clusters': {
    name: 'Clusters',
    icon: 'server-environment',
    kind: 'tree',
    visibility: 'collapsed',
    share: 1,
  },
  'autodevops.changes': { name: 'Changes', icon: 'diff', kind: 'tree', visibility: 'collapsed', share: 2 },
  'autodevops.incidents': { name: 'Incidents', icon: 'megaphone', kind: 'tree', visibility: 'collapsed', share: 1 },
} as const satisfies Record<string, ViewEntry>;

export type ViewId = keyof typeof views;
export type TreeId = { [K in ViewId]: (typeof views)[K]['kind'] extends 'tree' ? K : never }[ViewId];
