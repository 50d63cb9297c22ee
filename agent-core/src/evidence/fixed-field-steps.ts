/** How the API server refuses to change what may not change: of Jobs, selectors, claims, immutable ConfigMaps, StatefulSets. */
const refusals = [
  'field is immutable',
  'updates to statefulset spec for fields other than',
  'spec is immutable after creation',
  'is immutable',
];

/** What to do where a declaration was refused because the object that exists cannot be changed so. */
export function fixedFieldSteps(message: string): readonly string[] {
  const lower = message.toLowerCase();
  if (!refusals.some((words) => lower.includes(words))) return [];
  const renamed =
    lower.includes('configmap') || lower.includes('secret')
      ? 'Give the new content a new name and refer to that (generators of Kustomize and Helm put a hash into the name)'
      : 'Give the new object another name';
  return [
    `${renamed}, or delete the one that exists and have it made again, where nothing is lost by that: the API server changes this field of no object.`,
  ];
}
