import { canonicalJson } from '@autodevops/domain/canonical-json';
import type { OutsideOperation } from '@autodevops/domain/change/operation';
import type { SilenceMatcher } from '@autodevops/domain/change/silence-matcher';
import { oneLine } from '@autodevops/domain/printable';
import type { Silence } from '@autodevops/domain/ports/signals';

export type CreateSilence = Extract<OutsideOperation, { verb: 'create-silence' }>;
export type ExpireSilence = Extract<OutsideOperation, { verb: 'expire-silence' }>;

/** The API that alerts are objects of, in the names of targets. */
export const alertApi = 'alertmanager/v2';

/** The same wish has the same mark, also when it is planned again before it is done. */
export async function silenceMark(wish: unknown): Promise<string> {
  const bytes = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(canonicalJson(wish))));
  return [...bytes.subarray(0, 8)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** The comment by which Alertmanager keeps the mark. */
export function markedComment(comment: string, mark: string): string {
  return `${comment} [autodevops ${mark}]`;
}

/** The silence that a mark stands in; of several the one that has not ended. */
export function markedSilence(silences: readonly Silence[], mark: string): Silence | undefined {
  const found = silences.filter(({ comment }) => comment.endsWith(`[autodevops ${mark}]`));
  return found.find(({ state }) => state !== 'expired') ?? found[0];
}

/** `alertname="Slow", namespace="shop"` as Alertmanager shows it. */
export function matchersText(matchers: readonly SilenceMatcher[]): string {
  const sign = ({ isEqual, isRegex }: SilenceMatcher): string =>
    `${isEqual ? '=' : '!'}${isRegex ? '~' : isEqual ? '' : '='}`;
  return oneLine(matchers.map((matcher) => `${matcher.name}${sign(matcher)}"${matcher.value}"`).join(', '), 400);
}
