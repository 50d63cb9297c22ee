import { randomBytes } from 'node:crypto';
import { decide } from './oauth/authorise-page.ts';
import { person } from './people/person.ts';
import { recordOf } from './server/arguments.ts';
import type { NewChannel, NewUser, SlackStandIn } from './slack-stand-in.ts';
import type { SlackApp } from './state/apps.ts';
import type { Channel } from './state/channels.ts';
import {
  createApp,
  createUser,
  installApp,
  issueAppToken,
  issueBotToken,
  issueConfigurationToken,
} from './state/installing.ts';
import { addChannel } from './state/slack-state.ts';
import { shareChannel, unshareChannel } from './methods/sharing.ts';
import { joinChannel } from './methods/membership.ts';
import { revokeToken, uninstallApp } from './methods/uninstalling.ts';
import type { Enterprise, Team, User } from './state/workspaces.ts';
import type { World } from './world.ts';

interface StandInOptions {
  readonly strangersTeam: 'home' | 'installation';
  readonly close: () => Promise<void>;
}

/** The stand-in as those who use it see it. */
export function standIn(world: World, { strangersTeam, close }: StandInOptions): SlackStandIn {
  const { state, clock } = world;
  return {
    url: `${world.base()}/`,
    apiUrl: `${world.base()}/api/`,
    authorisationUrl: `${world.base()}/oauth/v2/authorize`,
    clock,
    state,
    calls: world.calls,
    deliveries: world.deliveries.log,
    faults: world.faults,
    addEnterprise: (name) => addEnterprise(world, name),
    addTeam: (name, enterprise) => addTeam(world, name, enterprise),
    addUser: (team, user) => addUser(world, team, user),
    addChannel: (team, channel) => makeChannel(world, team, channel),
    addApp: (app) => createApp(state, app),
    install: (app, where, options) => {
      const installer = options?.installer ?? someAdministrator(world, where);
      const installation = installApp(
        state,
        app,
        where,
        installer,
        options?.scopes ?? app.manifest.oauth_config.scopes.bot,
      );
      return Object.assign(installation, issueBotToken(state, installation, clock.now()));
    },
    uninstall: (installation) => uninstallApp(world, installation),
    revokeToken: (value) => {
      const token = state.tokens.get(value);
      if (token === undefined) throw new Error('there is no such token');
      revokeToken(world, token);
    },
    appToken: (app, scopes = ['connections:write']) => issueAppToken(state, app, scopes),
    configurationToken: (app) => issueConfigurationToken(state, app, clock.now()),
    invite: (channel, ...users) => {
      for (const user of users) joinChannel(world, channel, user);
    },
    authorise: (url, user, choice) =>
      decide(world, new URL(url), user, {
        isAllowed: choice?.isAllowed ?? true,
        forOrganisation: choice?.forOrganisation ?? false,
      }),
    share: (channel, team, options) => shareChannel(world, channel, team, options?.isPending ?? false),
    unshare: (channel, team) => unshareChannel(world, channel, team),
    person: (user) => person({ world, user, strangersTeam }),
    forge: (app, kind, payload) => world.deliveries.send({ app, kind, payload }),
    verifyUrl: (app) => verifyUrl(world, app),
    areEventsOn: (app) => !world.eventBudget.isOff(app.id),
    switchEventsOn: (app) => world.eventBudget.switchOn(app.id),
    quiet: world.deliveries.quiet,
    connectionCount: world.connections.count,
    disconnect: world.connections.disconnect,
    close,
  };
}

function domainOf(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
}

function addEnterprise({ state }: World, name: string): Enterprise {
  const enterprise = { id: state.ids.next('E'), name, domain: domainOf(name) };
  state.enterprises.set(enterprise.id, enterprise);
  return enterprise;
}

function addTeam({ state }: World, name: string, enterprise?: Enterprise): Team {
  const team = {
    id: state.ids.next('T'),
    name,
    domain: domainOf(name),
    ...(enterprise === undefined ? {} : { enterprise }),
  };
  state.teams.set(team.id, team);
  return team;
}

function addUser({ state }: World, team: Team, given: NewUser): User {
  return createUser(state, team, {
    name: given.name,
    email: given.email ?? `${given.name}@${team.domain}.example`,
    isEmailConfirmed: given.isEmailConfirmed ?? true,
    isAdmin: given.isAdmin ?? false,
    isDeleted: given.isDeleted ?? false,
    isRestricted: given.guest !== undefined,
    isUltraRestricted: given.guest === 'single',
  });
}

function makeChannel({ state, clock }: World, team: Team, given: NewChannel): Channel {
  const members = new Set((given.members ?? []).map(({ id }) => id));
  return addChannel(state, {
    team,
    kind: 'channel',
    name: given.name,
    isPrivate: given.isPrivate ?? false,
    members,
    creator: [...members][0] ?? '',
    teams: new Set([team, ...(given.sharedWith ?? [])]),
    created: clock.now(),
  });
}

function someAdministrator(world: World, where: Team | Enterprise): User {
  const people = [...world.state.users.values()].filter(
    ({ team, isBot }) => !isBot && (team.id === where.id || team.enterprise?.id === where.id),
  );
  const found = people.find(({ isAdmin }) => isAdmin) ?? people[0];
  if (found !== undefined) return found;
  const team =
    world.state.teams.get(where.id) ??
    [...world.state.teams.values()].find(({ enterprise }) => enterprise?.id === where.id);
  if (team === undefined) throw new Error(`there is no workspace for ${where.id}`);
  return addUser(world, team, { name: 'admin', isAdmin: true });
}

/** https://docs.slack.dev/reference/events/url_verification */
async function verifyUrl(world: World, app: SlackApp): Promise<boolean> {
  const challenge = randomBytes(16).toString('hex');
  const outcome = await world.deliveries.send({
    app,
    kind: 'event',
    payload: { type: 'url_verification', token: app.verificationToken, challenge },
  });
  if (!outcome.isAcknowledged) return false;
  return outcome.answer === challenge || recordOf(outcome.answer)['challenge'] === challenge;
}
