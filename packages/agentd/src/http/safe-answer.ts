import type { Told } from './error-answer.ts';
import { contractHeader, contractVersion } from '../contract/contract-version.ts';

/** No page uses what is answered, and nobody keeps it. */
export const safeHeaders = {
  [contractHeader]: String(contractVersion),
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'",
} as const;

/** A failure as it goes over the wire; a 401 says how to show who one is (RFC 9110, 11.6.1). */
export function failureAnswer({ status, answer }: Told): Response {
  return Response.json(answer, {
    status,
    headers: { ...safeHeaders, ...(status === 401 ? { 'www-authenticate': 'Bearer' } : {}) },
  });
}
