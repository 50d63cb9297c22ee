/** What a link of ours leads to. */
export interface OwnLink {
  readonly kind: 'incident' | 'change';
  readonly id: string;
}

const path =
  /^\/(?:v1\/)?(?:(?:incidents\/(?<incident>inc-[a-z0-9]{6,32}))|(?:changes\/(?<change>chg-[a-z0-9]{6,32})))\/?$/;

/**
 * The incident or change that an address of ours names; undefined for every other address. `bases`: where the customer's
 * agent, or a plane before it, is reached. Host, port and the path above have to be the same to the letter.
 */
export function ownLink(address: string, bases: readonly string[]): OwnLink | undefined {
  const [url, ...roots] = [address, ...bases].map((text) => (URL.canParse(text) ? new URL(text) : undefined));
  if (
    url === undefined ||
    (url.protocol !== 'https:' && url.protocol !== 'http:') ||
    url.username !== '' ||
    url.password !== ''
  ) {
    return undefined;
  }
  for (const root of roots) {
    const above = root?.pathname.replace(/\/$/, '') ?? '';
    if (
      root === undefined ||
      root.host !== url.host ||
      root.protocol !== url.protocol ||
      !url.pathname.startsWith(`${above}/`)
    ) {
      continue;
    }
    const { incident, change } = path.exec(url.pathname.slice(above.length))?.groups ?? {};
    if (incident !== undefined) return { kind: 'incident', id: incident };
    if (change !== undefined) return { kind: 'change', id: change };
  }
  return undefined;
}
