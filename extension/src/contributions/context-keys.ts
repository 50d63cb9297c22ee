/** What a window knows of its state, for `when` clauses: key and the values that it takes. */
export const contextKeys = {
  /** How the agent of the chosen cluster stands; `hindered`: what it stands on is not there. */
  'autodevops.agent': ['none', 'starting', 'running', 'restarting', 'failed', 'hindered'],
  /** Whether there is a cluster to speak of. */
  'autodevops.cluster': ['none', 'local', 'remote'],
  /** Whether a kubeconfig names clusters, chosen or not. */
  'autodevops.contexts': ['none', 'some', 'unreadable'],
  /** Whether nothing may be changed from this window. */
  'autodevops.locked': [true, false],
  /** How the local cluster stands; `unknown` until somebody asked. */
  'autodevops.local': ['unknown', 'absent', 'stopped', 'running', 'working'],
  /** What the machine lacks for a local cluster. */
  'autodevops.lacks': ['nothing', 'engine', 'kind'],
  'autodevops.killSwitch': [true, false],
  /** Whether a change waits for a yes. */
  'autodevops.waiting': [true, false],
  /** Whether a change can be taken back. */
  'autodevops.undoable': [true, false],
  /** Whether causes are shown. */
  'autodevops.problems': ['unknown', 'none', 'some'],
} as const;

export type ContextKey = keyof typeof contextKeys;
export type ContextValue<K extends ContextKey> = (typeof contextKeys)[K][number];

/** The value of each key before anything is known. */
export const firstContext: { readonly [K in ContextKey]: ContextValue<K> } = {
  'autodevops.agent': 'none',
  'autodevops.cluster': 'none',
  'autodevops.contexts': 'none',
  'autodevops.locked': true,
  'autodevops.local': 'unknown',
  'autodevops.lacks': 'nothing',
  'autodevops.killSwitch': false,
  'autodevops.waiting': false,
  'autodevops.undoable': false,
  'autodevops.problems': 'unknown',
};
