/** Where an agent is heard: a socket of this machine, or an address of the network. */
export type ListenAddress =
  | { readonly kind: 'socket'; readonly path: string }
  | {
      readonly kind: 'tcp';
      readonly host: string;
      readonly port: number;
      readonly tls?:
        | { readonly certificate: string; readonly key: string; readonly clientAuthority?: string | undefined }
        | undefined;
    };
