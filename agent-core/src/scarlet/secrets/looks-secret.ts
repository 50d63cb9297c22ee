import { redact } from '@autodevops/domain/redact';
import { namesConnection, namesSecret, tellsNothing } from '@autodevops/domain/secret-name';

/** Whether a change withholds what stands under this name, whatever it looks like: of a string for a connection, all of it. */
export function isWithheldName(name: string): boolean {
  return namesSecret(name) || namesConnection(name);
}

/** Whether a value looks like a credential, by itself or by the name that it stands under. It errs on the side of saying so. */
export function looksSecret(name: string, value: string): boolean {
  if (tellsNothing(value)) return false;
  return isWithheldName(name) || [value, `${name}=${value}`].some((said) => redact(said) !== said);
}
