/**
 * Of each kind (its `apiVersion` and `kind`) three objects as nobody makes them: without its fields, with fields of the
 * wrong type, and with lists of nonsense. A bundle may hold them, and a rule must survive them.
 */
export function oddObjects(...kinds: readonly (readonly [apiVersion: string, kind: string])[]): readonly object[] {
  const metadata = { name: 'x', namespace: 'shop', uid: 7, ownerReferences: 'no', finalizers: {}, labels: [] };
  return kinds.flatMap(([apiVersion, kind]) => [
    { apiVersion, kind, metadata: { name: 'x', namespace: 'shop' } },
    { apiVersion, kind, metadata, spec: 'no', status: [] },
    {
      apiVersion,
      kind,
      metadata: null,
      spec: { taints: 5, versions: {} },
      status: { conditions: [null, 7, { type: 3 }, {}] },
    },
  ]);
}
