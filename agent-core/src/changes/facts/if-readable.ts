import { AutoDevOpsError } from '@autodevops/domain/errors';

/** What a look gives; undefined when the cluster does not let it be seen. Being interrupted is no answer and is thrown. */
export async function ifReadable<T>(look: () => Promise<T>): Promise<T | undefined> {
  try {
    return await look();
  } catch (error) {
    if (error instanceof AutoDevOpsError && error.code !== 'interrupted') return undefined;
    throw error;
  }
}
