const reasons: Readonly<Record<string, string>> = {
  EADDRINUSE: 'something else listens there',
  EACCES: 'this user may not listen there',
  EADDRNOTAVAIL: 'this machine has no such address',
  ENOTFOUND: 'no such name is known here',
};

/** Why nobody can be heard at an address of the network, as the end of a sentence; undefined where the system's code is none of these. */
export function listenReason(error: unknown): string | undefined {
  return reasons[(error as { readonly code?: string }).code ?? ''];
}
