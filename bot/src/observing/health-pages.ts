import type { Page } from '../receiving/http-edge.ts';

export interface HealthChoice {
  /** Why it is not ready; undefined: it is. */
  readonly flaw: () => Promise<string | undefined>;
  /** Undefined where they are not for whoever calls. */
  readonly metrics: (() => Promise<string>) | undefined;
}

const plain = { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' };

/** `/livez`, `/readyz`, and `/metrics` for those inside. */
export function healthPages({ flaw, metrics }: HealthChoice): Page {
  return async ({ method, url: { pathname } }) => {
    if (method !== 'GET') return undefined;
    if (pathname === '/livez') return new Response('ok\n', { headers: plain });
    if (pathname === '/readyz') {
      const why = await flaw();
      return new Response(`${why ?? 'ok'}\n`, { status: why === undefined ? 200 : 503, headers: plain });
    }
    if (pathname === '/metrics' && metrics !== undefined) {
      return new Response(await metrics(), {
        headers: { ...plain, 'content-type': 'text/plain; version=0.0.4; charset=utf-8' },
      });
    }
    return undefined;
  };
}
