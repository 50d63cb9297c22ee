import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { SlackStandIn } from '../../packages/testkit/src/slack/slack-stand-in.ts';
import type { User } from '../../packages/testkit/src/slack/state/workspaces.ts';
import type { Workspace } from '../bot/bot-scene.ts';

/** Nobody asks Slack for another person more often than Slack allows in a minute. */
const people = 40;
const atOnce = 20;

/** People of a workspace who type commands. */
export function typists(slack: SlackStandIn, { team, channel }: Workspace): readonly User[] {
  const users = Array.from({ length: people }, (_, index) => slack.addUser(team, { name: `typist-${index}` }));
  slack.invite(channel, ...users);
  return users;
}

/**
 * Bodies of commands as the stand-in sends them, with addresses that it takes answers at: they are typed by so many
 * people in turn, and caught before an app gets them. Each is good for once, and for half an hour.
 */
export async function commandBodies(
  slack: SlackStandIn,
  { app, channel }: Workspace,
  users: readonly User[],
  count: number,
): Promise<readonly string[]> {
  const bodies: string[] = [];
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      bodies.push(body);
      response.end();
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const before = app.requestUrl;
  app.requestUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  for (let at = 0; at < count; at += atOnce) {
    await Promise.all(
      Array.from({ length: Math.min(atOnce, count - at) }, async (_, index) => {
        const user = users[(at + index) % users.length];
        if (user !== undefined) await slack.person(user).slash('/autodevops', 'whoami', channel);
      }),
    );
  }
  Object.assign(app, { requestUrl: before });
  server.closeAllConnections();
  server.close();
  return bodies.filter((body) => body.startsWith('token='));
}
