import { redact } from '@autodevops/domain/redact';

/** Whether a value looks like a credential, by itself or by the name that it stands under. */
export function looksSecret(name: string, value: string): boolean {
  return value !== '' && [value, `${name}=${value}`].some((text) => redact(text) !== text);
}
