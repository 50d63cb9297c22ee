/** The task that checks the manifests of the workspace, and what reads its lines. */
export const checkTask = { type: 'autodevops', matcher: 'autodevops' } as const;

/** `/folder/web.yaml:12:9: warning: There is no ConfigMap web. [manifest.missing-reference]` */
export const checkedLine = /^(.+?):(\d+):(\d+): (error|warning|info): (.*) \[([\w.-]+)\]$/;

export const problemMatcher = {
  name: checkTask.matcher,
  // That of what is marked as it is typed: a mistake of a file that is opened after the check stands there once.
  owner: 'autodevops',
  source: 'Auto-DevOps',
  fileLocation: ['absolute'],
  // What is open is judged as it is typed.
  applyTo: 'closedDocuments',
  pattern: { regexp: checkedLine.source, file: 1, line: 2, column: 3, severity: 4, message: 5, code: 6 },
};
