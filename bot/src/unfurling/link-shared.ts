import { z } from 'zod';
import type { KnownBlock } from '@slack/types';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { handler } from '../handling/handler.ts';
import type { Handler, Surroundings } from '../handling/handler.ts';
import { changeLineBlocks } from '../rendering/change/change-line.ts';
import { incidentLineBlocks } from '../rendering/incident/incident-list.ts';
import { ownLink } from './own-link.ts';
import type { OwnLink } from './own-link.ts';

/** https://docs.slack.dev/reference/events/link_shared */
const LinkShared = z.object({
  event: z.object({
    channel: z.string().max(40),
    message_ts: z.string().max(60),
    source: z.string().max(40).default('conversations_history'),
    links: z.array(z.object({ url: z.string().max(3000) })).max(100),
  }),
});

/** Of one message; more would hide it. */
const mostLinks = 5;

async function blocksOf({ kind, id }: OwnLink, { agent, signal }: Surroundings): Promise<readonly KnownBlock[]> {
  if (kind === 'incident') {
    const incident = await agent.incident({ params: { id } }, { signal });
    return incidentLineBlocks({
      ...incident,
      firing: incident.alerts.filter(({ state }) => state === 'firing').length,
    });
  }
  const change = await agent.change({ params: { id } }, { signal });
  return changeLineBlocks({ ...change, will: change.plan.actions.map(({ sentences }) => sentences.will) });
}

/** What it may not read, or what is not there, is shown by nothing. */
async function unfurled(link: OwnLink, surroundings: Surroundings): Promise<readonly KnownBlock[]> {
  try {
    return await blocksOf(link, surroundings);
  } catch (error) {
    if (error instanceof AutoDevOpsError && error.reaction !== 'retry') return [];
    throw error;
  }
}

/** Shows, under a message, in a line what a link of ours leads to. In channels that others read, nothing. */
export function linkShared(basesOf: (customer: string) => readonly string[]): Handler {
  return handler<z.output<typeof LinkShared>>({
    name: 'event.link_shared',
    payload: LinkShared,
    need: 'read',
    refusesQuietly: true,
    scopes: ['links:read', 'links:write'],
    handle: async ({ event: { channel, message_ts: ts, source, links } }, surroundings) => {
      // A preview in somebody's unsent message is in no channel yet.
      if (source !== 'conversations_history') return;
      const bases = basesOf(surroundings.customer);
      const own = [...new Set(links.map(({ url }) => url))]
        .flatMap((url) => [ownLink(url, bases)].flatMap((link) => (link === undefined ? [] : [{ url, link }])))
        .slice(0, mostLinks);
      if (own.length === 0 || (await surroundings.slack.channel(channel, surroundings.signal)).isShared) return;
      const shown = await Promise.all(
        own.map(async ({ url, link }): Promise<[string, { blocks: readonly KnownBlock[] }]> => [
          url,
          { blocks: await unfurled(link, surroundings) },
        ]),
      );
      const said = shown.filter(([, { blocks }]) => blocks.length > 0);
      if (said.length > 0) {
        await surroundings.slack.unfurl({ channel, ts }, Object.fromEntries(said), surroundings.signal);
      }
    },
  });
}
