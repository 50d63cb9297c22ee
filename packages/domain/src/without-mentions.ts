/**
 * Text whose mentions notify nobody and whose numbers refer to no issue, on GitHub and GitLab: a zero-width space parts the
 * sign from the name, as Renovate and Dependabot do it. An entity or a backslash does not stop a mention
 * (https://github.com/github/markup/issues/1168). An address or a digest (`a@b`, `image@sha256:…`) stays as it is.
 */
export function withoutMentions(text: string): string {
  return text.replaceAll(/(?<![\w.])@(?=\w)|(?<!&)[#!](?=\d)|\bGH-(?=\d)/gi, '$&\u200B');
}
