import { tell } from '../delivering/events.ts';
import type { Installation, Token } from '../state/apps.ts';
import type { World } from '../world.ts';

/** The app's bot is gone, its tokens hold no more, and it hears of both. */
export function uninstallApp(world: World, installation: Installation): void {
  const { botUser } = installation;
  const tokens = [...world.state.tokens.values()].filter((token) => token.installation?.botUser === botUser);
  tellOfRevoked(world, installation, tokens);
  tell(world, installation, { subscription: 'app_uninstalled', body: { type: 'app_uninstalled' } });
  for (const token of tokens) token.isRevoked = true;
  for (const token of world.state.refreshTokens.values()) {
    if (token.installation.botUser === botUser) token.isUsed = true;
  }
  for (const channel of world.state.channels.values()) channel.members.delete(botUser.id);
  for (const one of [installation, ...world.state.installations.filter((other) => other.botUser === botUser)]) {
    one.isActive = false;
  }
  botUser.isDeleted = true;
}

export function revokeToken(world: World, token: Token): void {
  token.isRevoked = true;
  if (token.installation !== undefined) tellOfRevoked(world, token.installation, [token]);
}

/** https://docs.slack.dev/reference/events/tokens_revoked: users by the kind of their tokens */
function tellOfRevoked(world: World, installation: Installation, tokens: readonly Token[]): void {
  const users = (kind: Token['kind']): readonly string[] => [
    ...new Set(tokens.filter((token) => token.kind === kind).map(({ user }) => user?.id ?? '')),
  ];
  tell(world, installation, {
    subscription: 'tokens_revoked',
    body: { type: 'tokens_revoked', tokens: { oauth: users('user'), bot: users('bot') } },
  });
}
