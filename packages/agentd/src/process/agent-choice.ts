/** Which agent a command speaks to: that of a cluster, or that of a configuration file. */
export interface AgentChoice {
  readonly context?: string | undefined;
  readonly kubeconfig?: string | undefined;
  /** A configuration file; it names the cluster itself. */
  readonly config?: string | undefined;
  /** Files, PEM: what is shown to an agent that wants a certificate of its callers, and who issued the agent's own. */
  readonly clientCert?: string | undefined;
  readonly clientKey?: string | undefined;
  readonly ca?: string | undefined;
  /** The embedded sample cluster, whose agent lives only as long as the command. */
  readonly sample?: boolean | undefined;
}
