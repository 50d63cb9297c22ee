/** Which agent a command speaks to: that of a cluster, or that of a configuration file. */
export interface AgentChoice {
  readonly context?: string | undefined;
  readonly kubeconfig?: string | undefined;
  /** A configuration file; it names the cluster itself. */
  readonly config?: string | undefined;
  /** The embedded sample cluster, whose agent lives only as long as the command. */
  readonly sample?: boolean | undefined;
}
