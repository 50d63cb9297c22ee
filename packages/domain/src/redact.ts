/** What stands for a value that is kept secret. */
export const secretMask = '[redacted]';

const rules: readonly (readonly [RegExp, string])[] = [
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g, secretMask],
  [/\beyJ[\w-]{8,1024}\.[\w-]{8,}\.[\w-]*/g, secretMask],
  [
    /\b(?:gh[pousr]_\w{20,}|github_pat_\w{20,}|glpat-[\w-]{16,}|x(?:ox[a-z]|app)[.-][\w.-]{6,}|sk-[\w-]{16,})/g,
    secretMask,
  ],
  [/\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g, secretMask],
  [/\bAIza[\w-]{30,}/g, secretMask],
  [/([a-z][a-z0-9+.-]{0,20}:\/\/[^\s:/@]*:)[^\s/@]+@/gi, `$1${secretMask}@`],
  [
    /\b((?:proxy-)?authorization["']?[ \t]*[:=][ \t]*["']?)(?:(?:bearer|basic|token)\s+)?[\w.~+/=-]+/gi,
    `$1${secretMask}`,
  ],
  [/\b(bearer|basic)\s+[\w.~+/-]{16,}=*/gi, `$1 ${secretMask}`],
  [
    /((?:^|[\s"'{,;&?([])[\w./-]*(?:passw(?:or)?d|passwd|pwd|secret|token|api[_-]?key|access[_-]?key|private[_-]?key|credentials?)["']?[ \t]*(?:=[ \t]*|:[ \t]*(?![a-z]+ [a-z]+(?![\w-]*[:=]))))(?!(?:true|false|null|none)\b|(?:x509|tls|rpc error|oauth2): )("[^"]*"|'[^']*'|\[redacted\]|[^\s"',;&)}\]]+)/gim,
    `$1${secretMask}`,
  ],
];

/**
 * Masks what looks like a credential in text from a cluster, before it is stored, shown or sent. It errs on the side of
 * masking. The shapes are those of the issuers' own documentation (GitHub, Slack, AWS, Google, JWT RFC 7519, PEM).
 */
export function redact(text: string): string {
  let out = text;
  for (const [pattern, replacement] of rules) out = out.replace(pattern, replacement);
  return out;
}
