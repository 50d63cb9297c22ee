/**
 * What makes a name the name of a secret. Everything that masks, refuses or withholds by a name asks here: running text
 * (`redact`), the fields of a change, the objects of a recording.
 */

/** Endings that say so in running text, too, whatever stands before them: `DB_PASS`, `spring.datasource.password`, `SECRET_KEY_BASE`. */
const endings = [
  'passw(?:or)?d',
  'pwd',
  'pass(?:phrase|code)',
  '(?<![a-z])pass',
  'secret',
  'token',
  '(?:api|access|private|secret|signing|encryption|master|account|shared|session|storage|license|hmac|jwt|app)[_-]?key(?:[_-]?base)?',
  'credentials?',
];

/** Words that say so only where they end the name of a field: in a sentence they are ordinary words. */
const words = ['pw', 'secrets', 'creds', 'bearer', 'salt', 'otp', 'psk', 'auth_?key'];

/** The endings as a part of a pattern for running text; it ignores case. */
export const secretNameEnding = endings.join('|');

const secretEnd = new RegExp(`(?:${secretNameEnding}|(?:^|_)(?:${words.join('|')}))$`);
const connectionEnd = /(?:^|_)(?:connection_?string|dsn)$/;
/** Of several with one name: `TOKEN_2`, `password1`, `token_a`. */
const count = /_?\d+$|_[a-z]$/;
/** Sorts and routes far more often than it unlocks. */
const keyOrAuth = /[_.-](?:auth|key)$/i;

/** No name that people give is longer; what it is the name of stands at its end. */
const longest = 512;

/** `dbPassword`, `DB-PASSWORD` and `db.password` as `db_password`. */
function inWords(name: string): string {
  return name
    .slice(-longest)
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replaceAll(/([A-Z])([A-Z][a-z])/g, '$1_$2')
    .replaceAll(/[^A-Za-z0-9]+/g, '_')
    .replaceAll(/^_|_$/g, '')
    .toLowerCase();
}

/** The name in words, and run together; each without its number, too. */
function formsOf(name: string): readonly string[] {
  const said = inWords(name);
  return [said, said.replace(count, '')].flatMap((form) => [form, form.replaceAll('_', '')]);
}

/** Whether what stands under this name is a credential, whatever it looks like. */
export function namesSecret(name: string): boolean {
  return formsOf(name).some((form) => secretEnd.test(form));
}

/** Whether what stands under this name is a string for a connection, which may hold a credential among other things. */
export function namesConnection(name: string): boolean {
  return formsOf(name).some((form) => connectionEnd.test(form));
}

/** Whether what stands under this name may be a credential: enough to mask it in what is handed to others. */
export function mayNameSecret(name: string): boolean {
  return keyOrAuth.test(name) || namesSecret(name);
}

/** `$(NAME)`: the kubelet fills another variable in. */
export function isVariableReference(value: string): boolean {
  return /^\$\([A-Za-z_][\w.-]*\)$/.test(value);
}

/** What nobody keeps secret, whatever it is called: a switch, nothing at all, a reference that is filled in later. */
export function tellsNothing(value: string): boolean {
  const text = value.trim();
  return (
    isVariableReference(text) ||
    /^(?:|true|false|yes|no|on|off|null|none|nil|undefined|\$\{[A-Za-z_][A-Za-z0-9_]*\})$/i.test(text)
  );
}
