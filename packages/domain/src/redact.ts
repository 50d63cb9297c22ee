import { namesSecret, secretNameEnding, tellsNothing } from './secret-name.ts';

/** What stands for a value that is kept secret. */
export const secretMask = '[redacted]';

/** What is looked for, what is written in its place, and what has to be there for it to be looked for at all. */
type Rule = readonly [pattern: RegExp, replacement: string, needs?: RegExp];

/** Rules of which none finds anything in a text that the trigger does not find: most lines of a log are looked at by triggers alone. */
interface RuleGroup {
  /** Absent: they are always tried. */
  readonly trigger?: RegExp;
  readonly rules: readonly Rule[];
}

/** Longer is no password: what bounds a rule's reach keeps its time in step with the length of the text. */
const reach = '{1,256}';

/** Private keys, whole or torn. */
const keys: readonly Rule[] = [
  [
    /-----BEGIN [A-Z0-9 ]*PRIVATE KEY(?: BLOCK)?-----[\s\S]*?(?:-----END [A-Z0-9 ]*PRIVATE KEY(?: BLOCK)?-----|$)/g,
    secretMask,
    /-----BEGIN/,
  ],
  // A line of a key that was torn from its first one: 64 or 76 letters that are no digest.
  [/(?<![^\s])(?![0-9a-f]+(?:\s|$)|[0-9A-F]+(?:\s|$))(?:[A-Za-z0-9+/]{76}|[A-Za-z0-9+/]{64})(?!\S)/g, secretMask],
];

/** Keys and tokens that say by their own shape what they are, as their issuers document it. */
const shapes: readonly Rule[] = [
  // A key in base64, but for certificates and public keys; and a login to a registry.
  [/\bLS0tLS1CRUdJTi(?!BDRVJU|BQVUJM)[\w+/-]{16,}=*/g, secretMask],
  [/\beyJhdXRocyI6[\w+/-]+=*/g, secretMask],
  // A JWT, signed (RFC 7519) or encrypted (RFC 7516).
  [/\beyJ[\w-]{8,1024}(?:\.[\w-]*){2,4}/g, secretMask],
  [
    /\b(?:gh[pousr]_\w{20,}|github_pat_\w{20,}|gl(?:pat|rt|dt|ptt|cbt|agent)-[\w-]{16,}|x(?:ox[a-z]|app)[.-][\w.-]{6,}|sk-[\w-]{16,})/g,
    secretMask,
  ],
  [
    /\b(?:[sr]k_(?:live|test)_\w{10,}|whsec_[\w+/=]{16,}|npm_\w{30,}|pypi-AgE[\w-]{16,}|dckr_(?:pat|oat)_[\w-]{20,})/g,
    secretMask,
  ],
  [
    /\b(?:hf_\w{30,}|SG\.[\w-]{16,}\.[\w-]{16,}|do[opr]_v1_[0-9a-f]{32,}|hv[sbr]\.[\w-]{20,}|gls?[ac]_[\w+/=]{20,})/g,
    secretMask,
  ],
  [
    /\b(?:ya29\.[\w-]{20,}|GOCSPX-[\w-]{20,}|AIza[\w-]{30,}|AGE-SECRET-KEY-1[A-Z0-9]{20,}|NRAK-[A-Z0-9]{20,})/g,
    secretMask,
  ],
  [/\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g, secretMask],
  [/\b\d{8,10}:AA[\w-]{33}\b/g, secretMask],
];
const shapeTrigger =
  /LS0tLS1CRUdJTi|eyJ|gh[pousr]_|github_pat_|gl(?:pat|rt|dt|ptt|cbt|agent)-|gls?[ac]_|x(?:ox|app)|sk[-_]|rk_|whsec_|npm_|pypi-|dckr_|hf_|SG\.|do[opr]_v1_|hv[sbr]\.|ya29\.|GOCSPX-|AIza|AGE-SECRET|NRAK-|AKIA|ASIA|:AA/;

/** Addresses and strings for connections that hold a token or a password. */
const connections: readonly Rule[] = [
  [
    /(hooks\.slack\.com\/(?:services|workflows|triggers)\/|discord(?:app)?\.com\/api\/webhooks\/\d{1,25}\/|\.webhook\.office\.com\/webhookb2\/)[\w./@-]+/gi,
    `$1${secretMask}`,
  ],
  [
    new RegExp(
      String.raw`([a-z][a-z0-9+.-]{0,20}:\/\/[^\s:/@[]{0,256}:)(?!\d{1,5}(?:[/?#,\s]|$))(?:[^\s"'<>,]${reach}|[^\s/@]${reach})@`,
      'gi',
    ),
    `$1${secretMask}@`,
    /:\/\//,
  ],
  [/(https?:\/\/)[^\s:/@]{20,256}@/gi, `$1${secretMask}@`, /:\/\//],
  [
    /([?&](?:sig|signature|x-amz-(?:signature|credential|security-token)|x-goog-signature|x-goog-credential)=)[^&\s"'<>]+/gi,
    `$1${secretMask}`,
  ],
  [
    new RegExp(String.raw`(?<![\w.-])([\w.-]{1,64}:)[^\s@/]${reach}(@(?:tcp|unix)\()`, 'g'),
    `$1${secretMask}$2`,
    /@(?:tcp|unix)\(/,
  ],
  [
    new RegExp(String.raw`\b(jdbc:oracle:\w{1,10}:[^\s/@:]{1,64}\/)[^\s@]${reach}(?=@)`, 'gi'),
    `$1${secretMask}`,
    /jdbc:oracle/i,
  ],
  [
    new RegExp(String.raw`((?:^|[;"'\s])(?:password|pwd)[ \t]{0,4}=[ \t]{0,4})[^;"'\n]${reach}(?=;)`, 'gim'),
    `$1${secretMask}`,
    /;/,
  ],
];

const connectionTrigger =
  /:\/\/|[?&](?:sig|x-)|@(?:tcp|unix)\(|jdbc:oracle|pwd|password|hooks\.slack|discord|webhook\.office/i;

/** Headers, flags and statements that carry a credential. */
const carriers: readonly Rule[] = [
  [
    /\b((?:proxy-)?authorization\\{0,4}["']?[ \t]*[:=][ \t]*\\{0,4}["']?)(?:(?:bearer|basic|token)\s+)?[\w.~+/=-]+/gi,
    `$1${secretMask}`,
  ],
  [/\b(bearer|basic)\s+[\w.~+/-]{16,}=*/gi, `$1 ${secretMask}`],
  [/\b((?:set-)?cookie\\{0,4}["']?[ \t]*[:=][ \t]*\\{0,4}["']?)[^\s=;:"'\\]{1,256}=[^\n"'\\]*/gi, `$1${secretMask}`],
  [/(\\{0,4}"auth\\{0,4}"[ \t]*:[ \t]*\\{0,4}")[A-Za-z0-9+/]{8,}=*/g, `$1${secretMask}`],
  [
    /(?<=^|\s)(--?(?:[a-z]+-)*(?:password|passwd|pass|passphrase|requirepass|token|secret|api-?key)[ \t]+)(?!-|(?:is|was|are|flag|flags|option|for|and|or|must|not|to|with|in|on|instead|given|has|file|set|requires?|needs?|cannot|can)\b)(?:"[^"\n]*"?|'[^'\n]*'?|[^\s"']+)/gi,
    `$1${secretMask}`,
  ],
  // The same in a list of arguments, as JSON and YAML write it.
  [
    /(["']--?(?:[a-z]+-)*(?:password|passwd|pass|passphrase|requirepass|token|secret|api-?key)["'],\s{0,20}["'])(?:[^"'\\]|\\[^])*/gi,
    `$1${secretMask}`,
  ],
  [/((?:^|\s)(?:requirepass|masterauth)[ \t]{1,4}|\blogin \S{1,64} password )[^\s"']+/gim, `$1${secretMask}`],
  [/(\b(?:password|passphrase|secret|token) (?:is|was):? ["'])[^"'\n]{1,256}/gi, `$1${secretMask}`],
  [/(\bcurl\b[^\n]{0,200}?\s(?:-u|--user)[ =]?["']?[^\s:"']{1,64}:)[^\s"']+/gi, `$1${secretMask}`, /curl/i],
  [
    /\b((?:create|alter|grant)\b[^\n]{0,200}?\bidentified[ \t]{1,4}(?:with[ \t]{1,4}\w{1,40}[ \t]{1,4})?by[ \t]{1,4})'[^']*'/gi,
    `$1'${secretMask}'`,
    /identified/i,
  ],
  [/\b((?:encrypted|with|set)[ \t]{1,4}password[ \t]{1,4})'[^']*'/gi, `$1'${secretMask}'`],
];

const named = String.raw`(?:^|[\s"'{,;&?([\\])[\w./-]*(?:${secretNameEnding})\\{0,4}["']?[ \t]*`;
/** "Token: unexpected status": prose, where no further name with a value follows. */
const prose = String.raw`[a-z]+ [a-z]+(?![a-z])(?![\w-]*[:=])`;
const quotedValue = String.raw`\\{1,4}["'](?:[^"'\\]|\\(?!\\{0,3}["'])[^])*(?:\\{1,4}["'])?|"(?:[^"\\]|\\[^])*"|'[^']*'|["'][^\n]*`;
/** What stands behind a comma or an ampersand without a name is a part of the value. */
const bareValue = String.raw`(?:[^\s"',;&)}\]]|[,;&](?![\s"'{]|[\w.[\]-]+[=:]|$))+`;

const names: readonly Rule[] = [
  [
    new RegExp(String.raw`(${named}:[ \t]*[|>][+-]?\d?[ \t]*\n)(?:[ \t]+[^\n]*(?:\n|$))+`, 'gim'),
    `$1  ${secretMask}\n`,
    /\n/,
  ],
  [
    new RegExp(
      String.raw`(${named}(?:=>?[ \t]*|:[ \t]*(?!${prose})))(?!(?:true|false|null|none)\b|[|>][+-]?\d?[ \t]*\n|(?:x509|tls|rpc error|oauth2): )(?:\[redacted\]|${quotedValue}|${bareValue})`,
      'gim',
    ),
    `$1${secretMask}`,
  ],
  // In XML, and where quotation marks are written as HTML or an address has them.
  [new RegExp(String.raw`(<[\w.:-]{0,64}(?:${secretNameEnding})>)[^<>\n]${reach}`, 'gi'), `$1${secretMask}`, /</],
  [
    new RegExp(
      String.raw`((&quot;|&#3[49];|%22|%27)[\w.-]{0,64}(?:${secretNameEnding})\2(?::|%3A)[ \t+]{0,4}\2)(?:(?!\2)[^\s])${reach}`,
      'gi',
    ),
    `$1${secretMask}`,
    /&|%2/,
  ],
  // `dbPass=`: only the capital letter says where the word begins.
  [/([a-z]Pass\\{0,4}["']?[ \t]*[:=][ \t]*)(?!\[redacted\])(?:"[^"\n]*"?|[^\s"',;&)}\]]+)/g, `$1${secretMask}`],
];

/** A word that carries, or the name of a secret. */
const wordTrigger = new RegExp(`auth|bearer|basic|cookie|curl|identified|pass|key|${secretNameEnding}`, 'i');

/** In the order in which they are tried. */
export const ruleGroups: readonly RuleGroup[] = [
  { rules: keys },
  { trigger: shapeTrigger, rules: shapes },
  { trigger: connectionTrigger, rules: connections },
  { trigger: wordTrigger, rules: [...carriers, ...names] },
];

/**
 * Masks what looks like a credential in text from a cluster, before it is stored, shown or sent. It errs on the side of
 * masking. The shapes are those of the issuers' own documentation (GitHub, GitLab, Slack, AWS, Google, Stripe, npm, PyPI,
 * Docker, Vault and others, JWT RFC 7519, PEM RFC 7468).
 */
export function redact(text: string): string {
  let out = text;
  for (const { trigger, rules } of ruleGroups) {
    if (trigger?.test(out) === false) continue;
    for (const [pattern, replacement, needs] of rules) {
      if (needs?.test(out) !== false) out = out.replace(pattern, replacement);
    }
  }
  return out;
}

/** The first letters of a long text, masked. A word that is cut is left out: it may be half of a secret, which nothing knows for one. */
export function redactStart(text: string, most: number): string {
  if (text.length <= most) return redact(text);
  const start = text.slice(0, most);
  const end = Math.max(start.lastIndexOf(' '), start.lastIndexOf('\n'));
  return redact(end > 0 ? start.slice(0, end) : start);
}

/** A value as it may be shown under its name: all of it is masked where the name says that it is secret, blanks and commas included. */
export function redactValue(name: string, value: string): string {
  if (namesSecret(name) && !tellsNothing(value)) return secretMask;
  const whole = `${name}=${value}`;
  const masked = redact(whole);
  if (masked === whole) return value;
  return redact(`${name}=x`) === `${name}=x` ? masked.slice(name.length + 1) : secretMask;
}
