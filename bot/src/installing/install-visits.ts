import { createHash, randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { BotStore } from '@autodevops/domain/ports/bot-store';
import { sealTokens } from './kept-tokens.ts';
import type { Granted, OauthCalls, OauthClient } from './oauth-calls.ts';
import type { Sealing } from './sealing.ts';

/** For whom an app is being installed: said by who may say so before Slack is visited, and kept out of the visitor's hands. */
const Visit = z.strictObject({ app: z.string(), customer: z.string(), admin: z.string() });
export type Visit = z.infer<typeof Visit>;

export interface InstallChoice {
  readonly store: Pick<BotStore, 'once' | 'installations'>;
  readonly sealing: Sealing;
  readonly oauth: OauthCalls;
  readonly clientOf: (app: string) => Promise<OauthClient | undefined>;
  /** Where Slack sends people back to, for an app. */
  readonly redirectUri: (app: string) => string;
  readonly slackApi: string;
  readonly now: () => Date;
  readonly log: (message: string, fields: Readonly<Record<string, string>>) => void;
}

/** Milliseconds that a link is good for, as long as Slack's code. */
const linkLives = 600_000;

function hashOf(state: string): string {
  return createHash('sha256').update(state).digest('hex');
}

/** A link by which the app is installed for a customer: good once, for ten minutes. */
export async function newInstallLink(
  visit: Visit,
  scopes: readonly string[],
  choice: InstallChoice,
): Promise<{ readonly url: string; readonly until: string }> {
  const client = await choice.clientOf(visit.app);
  if (client === undefined) throw new Error(`The app ${visit.app} is not one that is installed by OAuth.`);
  const state = randomBytes(32).toString('base64url');
  const until = new Date(choice.now().getTime() + linkLives).toISOString();
  await choice.store.once.put(hashOf(state), visit, until);
  const url = new URL('/oauth/v2/authorize', choice.slackApi);
  url.search = new URLSearchParams({
    client_id: client.clientId,
    scope: scopes.join(','),
    state,
    redirect_uri: choice.redirectUri(visit.app),
  }).toString();
  return { url: url.href, until };
}

function page(status: number, says: string): Response {
  const body = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Auto-DevOps</title><p>${says}</p></html>`;
  return new Response(body, {
    status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': "default-src 'none'",
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
    },
  });
}

async function keep(visit: Visit, granted: Granted, choice: InstallChoice): Promise<Response> {
  const { app, team, enterprise } = granted;
  const place = { app, team, enterprise };
  const there = await choice.store.installations.find(app, team, enterprise);
  // A workspace changes its customer by being uninstalled first: nobody takes it over by a link of his own.
  if (there !== undefined && there.customer !== visit.customer) {
    choice.log('an installation for another customer was refused', {
      app,
      team,
      customer: visit.customer,
      admin: visit.admin,
    });
    return page(409, 'This workspace belongs to another customer. Uninstall the app there first.');
  }
  const sealed = sealTokens(choice.sealing, place, granted, choice.now().getTime());
  await choice.store.installations.put({
    ...place,
    customer: visit.customer,
    botUser: granted.botUser,
    sealed,
    installedAt: choice.now().toISOString(),
  });
  choice.log('the app was installed', { app, team, enterprise, customer: visit.customer, admin: visit.admin });
  return page(
    200,
    `Auto-DevOps is installed for ${visit.customer.replaceAll(/[^a-z0-9-]/g, '')}. Write /autodevops help in Slack.`,
  );
}

/** Where Slack sends people back to. What came with them is good once; nothing of it is shown. */
export async function finishInstall(app: string, query: URLSearchParams, choice: InstallChoice): Promise<Response> {
  const [state, code] = [query.get('state') ?? '', query.get('code') ?? ''];
  const visit = Visit.safeParse(
    state === '' ? undefined : await choice.store.once.take(hashOf(state), choice.now().toISOString()),
  );
  if (!visit.success || visit.data.app !== app) {
    return page(400, 'This link was used before, or is too old. Ask for a new one.');
  }
  if (code === '') return page(400, 'Nothing was installed. Ask for a new link to try again.');
  const client = await choice.clientOf(app);
  if (client === undefined) return page(404, 'There is no such app here.');
  let granted: Granted;
  try {
    granted = await choice.oauth.exchange(client, code, choice.redirectUri(app));
  } catch (error) {
    choice.log('a code could not be exchanged', {
      app,
      customer: visit.data.customer,
      why: error instanceof Error ? error.message : 'unknown',
    });
    return page(502, 'Slack did not confirm the installation. Ask for a new link to try again.');
  }
  if (granted.app !== app || (granted.team === '' && granted.enterprise === '')) {
    return page(400, 'Slack installed something else than was asked for.');
  }
  return await keep(visit.data, granted, choice);
}
