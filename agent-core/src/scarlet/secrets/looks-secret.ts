import { redact } from '@autodevops/domain/redact';

/** Words that name a credential as the last words of a name: `DB_PASSWORD`, `apiKey`, `tokens.github-token`. */
const secretWords =
  /(?:^| )(?:pass|password|passwd|passphrase|passcode|pwd|pw|secrets?|token|credentials?|creds|api ?key|access ?key|secret ?key|private ?key|encryption ?key|signing ?key|master ?key|auth ?key|account ?key|shared ?key|license ?key|auth ?token|bearer|connection ?string|dsn|salt|otp|psk)(?: \d+| [a-z])?$/;
/** `PGPASSWORD`, `MYSQLPWD`, `AUTHTOKEN`: words that are run together. */
const runTogether = /(?:password|passwd|passphrase|secretkey|apikey|accesskey|privatekey|authtoken|accesstoken)\d*$/;
/** What nobody keeps secret: a switch, nothing at all, a reference that the kubelet fills in. */
const harmless =
  /^(?:true|false|yes|no|on|off|null|none|nil|undefined|\$\([A-Za-z_][A-Za-z0-9_.-]*\)|\$\{[A-Za-z_][A-Za-z0-9_]*\})$/i;

function wordsOf(name: string): string {
  return name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replaceAll(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .replaceAll(/[^A-Za-z0-9]+/g, ' ')
    .trim()
    .toLowerCase();
}

/** Whether what stands under this name is a credential, whatever it looks like. */
export function namesSecret(name: string): boolean {
  const words = wordsOf(name.slice(0, 512));
  return secretWords.test(words) || runTogether.test(words.replaceAll(' ', ''));
}

/** Whether a value looks like a credential, by itself or by the name that it stands under. It errs on the side of saying so. */
export function looksSecret(name: string, value: string): boolean {
  const text = value.trim();
  if (text === '' || harmless.test(text)) return false;
  return namesSecret(name) || [value, `${name}=${value}`].some((said) => redact(said) !== said);
}
