/** `<@U…>` of an account that is a Slack user; empty for any other. What an agent calls an account is checked letter by letter. */
export function mentionOf(account: string): string {
  const [, user] = /^slack:[TE][A-Z0-9]{1,20}\/([UW][A-Z0-9]{1,20})$/.exec(account) ?? [];
  return user === undefined ? '' : `<@${user}>`;
}
