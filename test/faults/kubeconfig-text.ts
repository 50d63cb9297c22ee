/** What a kubeconfig of the tests says; everything else is as it usually is. */
export interface KubeconfigParts {
  readonly server: string;
  readonly context?: string;
  readonly namespace?: string;
  /** PEM. */
  readonly authority?: string;
  readonly cluster?: Readonly<Record<string, unknown>>;
  readonly user?: Readonly<Record<string, unknown>>;
}

/** A kubeconfig with one context, which is current. */
export function kubeconfigText({
  server,
  context = 'faulty',
  namespace,
  authority,
  cluster,
  user = {},
}: KubeconfigParts): string {
  const trusted =
    authority === undefined ? {} : { 'certificate-authority-data': Buffer.from(authority).toString('base64') };
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'there', cluster: { server, ...trusted, ...cluster } }],
    users: [{ name: 'me', user }],
    contexts: [
      { name: context, context: { cluster: 'there', user: 'me', ...(namespace === undefined ? {} : { namespace }) } },
    ],
    'current-context': context,
  });
}
