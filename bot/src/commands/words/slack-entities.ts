/** What Slack writes between angle brackets, where it is not what a person typed: https://docs.slack.dev/messaging/formatting-message-text. */
const entity =
  /<([@#!])([^<>|]{1,200})(?:\|([^<>]{0,200}))?>|<((?:https?|mailto|tel|slack):[^<>|\s]{1,3000})(?:\|([^<>]{0,3000}))?>/g;

/** `&amp;`, `&lt;` and `&gt;` are all that Slack escapes. `&amp;` comes last: `&amp;lt;` is somebody's `&lt;`. */
function unescaped(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

/** Slack makes a link of `web.shop`; what was typed is its label then. */
function linkText(address: string, label: string | undefined): string {
  const bare = address.replace(/^(?:https?:\/\/|mailto:|tel:)/, '');
  return label !== undefined && unescaped(label) === unescaped(bare) ? label : address;
}

function markText(mark: string, id: string, label: string | undefined): string {
  if (mark === '#') return `#${label === undefined || label === '' ? id : label}`;
  // `<!date^…|at noon>`, `<!subteam^S1|@ops>`: the label is what people see.
  if (mark === '!') return label ?? `@${id.split('^')[0] ?? ''}`;
  return `@${label === undefined || label === '' ? id : label}`;
}

/** Text as a person typed it: mentions by name, links as they were written, escapes undone. */
export function typedText(text: string): string {
  return unescaped(
    text.replaceAll(
      entity,
      (
        _all,
        mark: string | undefined,
        id: string | undefined,
        label: string | undefined,
        address: string | undefined,
        title: string | undefined,
      ) => (mark === undefined ? linkText(address ?? '', title) : markText(mark, id ?? '', label)),
    ),
  );
}

/** `U2` for `<@U2|bob>`; undefined for what is no mention of a person. */
export function mentionedUser(word: string): string | undefined {
  return /^<@([UW][A-Z0-9]{1,30})(?:\|[^<>]*)?>$/.exec(word)?.[1];
}

/** Without the mentions of one user, wherever they stand. */
export function withoutMention(text: string, user: string): string {
  return text
    .replaceAll(/<@([UW][A-Z0-9]{1,30})(?:\|[^<>]*)?>[,:]?/g, (all, id: string) => (id === user ? ' ' : all))
    .replaceAll(/[ \t]+/g, ' ')
    .trim();
}
