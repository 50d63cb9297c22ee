import { z } from 'zod';

/** Which object. `namespace` is empty for cluster-scoped objects, `uid` is empty where it is not known. */
export const ObjectRef = z.object({
  apiVersion: z.string(),
  kind: z.string(),
  namespace: z.string(),
  name: z.string(),
  uid: z.string(),
});
export type ObjectRef = Readonly<z.infer<typeof ObjectRef>>;
