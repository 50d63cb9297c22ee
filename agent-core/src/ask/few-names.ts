import { listed } from '@autodevops/domain/count-words';

/** ": a, b" where there are so few that a sentence holds them. */
export function fewNames(names: readonly string[], most = 3): string {
  return names.length === 0 || names.length > most ? '' : `: ${listed(names)}`;
}
