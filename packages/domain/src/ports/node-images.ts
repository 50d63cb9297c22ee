/** Loads images of this machine's engine into the nodes of a local cluster. */
export interface NodeImages {
  /** Whether every node of that cluster has the image. */
  has(cluster: string, image: string, options: { readonly signal: AbortSignal }): Promise<boolean>;
  /** Throws an `AutoDevOpsError` when the engine has no such image, or the cluster is not one of this machine's. */
  load(
    cluster: string,
    image: string,
    options: { readonly signal: AbortSignal; readonly onProgress?: (says: string) => void },
  ): Promise<void>;
}
