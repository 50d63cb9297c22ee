import { commandHandlers } from '../commands/registry.ts';
import { channelShared, memberJoined } from '../customers/channel-suspension.ts';
import { decidingHandlers } from '../deciding/registry.ts';
import { formHandlers } from '../forms/registry.ts';
import { homeHandlers } from '../home/registry.ts';
import { appUninstalled, teamAccessRevoked, tokensRevoked } from '../installing/leaving.ts';
import { mentionHandlers } from '../mentions/registry.ts';
import { messagesTabHandlers } from '../messages-tab/registry.ts';
import { shortcutHandlers } from '../shortcuts/registry.ts';
import { channelLife } from '../threads/channel-life.ts';
import { unfurlingHandlers } from '../unfurling/registry.ts';
import { registryOf } from './registry.ts';
import type { Registry } from './registry.ts';

/** Everything that the bot works on. `basesOf`: addresses under which a customer's incidents and changes are found. */
export function botRegistry(basesOf: (customer: string) => readonly string[]): Registry {
  return registryOf(
    [
      ...commandHandlers,
      ...shortcutHandlers,
      ...mentionHandlers,
      ...messagesTabHandlers,
      ...homeHandlers,
      ...formHandlers,
      ...decidingHandlers,
      ...unfurlingHandlers(basesOf),
    ],
    [appUninstalled, tokensRevoked, teamAccessRevoked, channelShared, memberJoined, ...channelLife],
  );
}
