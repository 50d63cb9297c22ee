import { statusLogged } from './request-line.ts';

/** How a request ended, as an access log tells it. */
export interface RequestOutcome {
  readonly status: number;
  /** Who was asked to answer it, an address or a host; '' where that is not told. */
  readonly upstream: string;
}

/** `outbound|8080||cart.shop.svc.cluster.local`, as Istio calls those that Envoy asks. */
const cluster = /\boutbound\|\d+\|[^|\s"]*\|([a-z0-9.-]{1,253})/;
/** https://www.envoyproxy.io/docs/envoy/latest/configuration/observability/access_log/usage, https://nginx.org/en/docs/http/ngx_http_upstream_module.html#variables */
const upstreamField =
  /(?:"upstream_(?:host|addr)"\s*:\s*"|\bupstream(?:_host|_addr)?[=:]\s*"?(?:https?:\/\/)?)([a-z0-9][a-z0-9.-]{0,252}(?::\d{1,5})?)/i;
const address = /(?<![\d.])(\d{1,3}(?:\.\d{1,3}){3}:\d{2,5})(?!\d)/;

const longest = 4000;

function upstreamIn(line: string, after: number): string {
  return cluster.exec(line)?.[1] ?? upstreamField.exec(line)?.[1] ?? address.exec(line.slice(after))?.[1] ?? '';
}

/** What a line of an access log tells of one request; undefined of any other line. */
export function requestOutcome(line: string): RequestOutcome | undefined {
  const logged = statusLogged(line);
  return logged === undefined
    ? undefined
    : { status: logged.status, upstream: upstreamIn(line.slice(0, longest), logged.end) };
}
