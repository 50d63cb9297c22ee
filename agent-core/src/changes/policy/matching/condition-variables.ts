/** Everything that a condition sees, with what it is, for people. */
export const conditionVariables = {
  action: 'name of the action: `set-image`',
  risk: '`low`, `medium` or `high`',
  target: '`kind`, `namespace`, `name`, `apiVersion` of the object',
  labels: 'labels of the target, as a map',
  params: 'parameters of the action, as a map',
  facts:
    '`reversible`, `restores` (takes back what made something ill), `disruptionsAllowed`, `managedBy` (names of tools), `workloads`, and `blastRadius` with `objects`, `services`, `namespaces`, `shareOfReadyEndpoints`, `readyEndpoints`',
  actor: '`kind`, `account`, `person`, `roles`, `surface` of the requester',
  finding:
    '`code`, `confidence`, `kind`, `namespace`, `name` of the finding that is to go; empty where a person asked in words',
  environments: 'names of the environments that the namespace belongs to, as a list',
  now: 'the moment of the decision, as a timestamp: `now.getHours("Europe/Vienna")`',
} as const;

/** The same, by name. A loop's own variable may not hide one of them. */
export const variables: readonly string[] = Object.keys(conditionVariables);
