import { z } from 'zod';

/** Where an event says that it comes from. Empty: it does not say. What is said is compared with what is known before anything is done. */
export interface Origin {
  readonly app: string;
  /** Workspace of the installation; empty for one of a whole organisation. */
  readonly team: string;
  readonly enterprise: string;
  readonly user: string;
  /** Home workspace of the user, as the payload claims. */
  readonly userTeam: string;
  readonly channel: string;
  /** Of the message that was clicked in. */
  readonly messageTs: string;
  /** Of the thread that it happened in. */
  readonly threadTs: string;
  /** Two places of the payload name different workspaces. */
  readonly isContradictory: boolean;
  /** Good for five answers within half an hour. */
  readonly responseUrl: string;
}

const text = z.string().max(300).catch('');
const reference = z.looseObject({ id: text }).catch({ id: '' });

const Command = z.looseObject({
  api_app_id: text,
  team_id: text,
  enterprise_id: text,
  user_id: text,
  channel_id: text,
  response_url: z.string().max(2000).catch(''),
});

const Interaction = z.looseObject({
  api_app_id: text,
  team: z.looseObject({ id: text, enterprise_id: text }).nullish().catch(undefined),
  enterprise: reference.nullish(),
  user: z.looseObject({ id: text, team_id: text }).catch({ id: '', team_id: '' }),
  channel: reference.nullish(),
  container: z.looseObject({ channel_id: text, message_ts: text, thread_ts: text }).nullish().catch(undefined),
  message: z.looseObject({ ts: text, thread_ts: text }).nullish().catch(undefined),
  view: z.looseObject({ app_installed_team_id: text }).nullish().catch(undefined),
  response_url: z.string().max(2000).catch(''),
});

const Envelope = z.looseObject({
  api_app_id: text,
  team_id: text,
  enterprise_id: text,
  context_team_id: text,
  context_enterprise_id: text,
  authorizations: z
    .array(z.looseObject({ team_id: text, enterprise_id: text, is_enterprise_install: z.boolean().catch(false) }))
    .catch([]),
  event: z
    .looseObject({
      user: z.union([z.string(), reference.transform(({ id }) => id)]).catch(''),
      user_team: text,
      channel: z.union([z.string(), reference.transform(({ id }) => id)]).catch(''),
      ts: text,
      thread_ts: text,
    })
    .catch({ user: '', user_team: '', channel: '', ts: '', thread_ts: '' }),
});

const nowhere = {
  user: '',
  userTeam: '',
  channel: '',
  messageTs: '',
  threadTs: '',
  isContradictory: false,
  responseUrl: '',
};

function ofCommand(body: unknown): Origin {
  const read = Command.parse(body);
  // A command is given in the workspace of who gives it.
  return {
    ...nowhere,
    app: read.api_app_id,
    team: read.team_id,
    enterprise: read.enterprise_id,
    user: read.user_id,
    userTeam: read.team_id,
    channel: read.channel_id,
    responseUrl: read.response_url,
  };
}

function ofInteraction(body: unknown): Origin {
  const read = Interaction.parse(body);
  const installed = read.view?.app_installed_team_id ?? '';
  const named = read.team?.id ?? '';
  const team = installed === '' || installed.startsWith('E') ? named : installed;
  return {
    app: read.api_app_id,
    team,
    enterprise: read.enterprise?.id ?? read.team?.enterprise_id ?? '',
    user: read.user.id,
    userTeam: read.user.team_id,
    channel: read.channel?.id ?? read.container?.channel_id ?? '',
    messageTs: read.container?.message_ts ?? read.message?.ts ?? '',
    threadTs: read.container?.thread_ts ?? read.message?.thread_ts ?? '',
    isContradictory: team !== named && named !== '',
    responseUrl: read.response_url,
  };
}

/** A workspace sees an event by the first authorization; what Slack calls the context has to be the same one. */
function ofEvent(body: unknown): Origin {
  const read = Envelope.parse(body);
  const [seen] = read.authorizations;
  const team = seen === undefined || seen.is_enterprise_install || seen.team_id === '' ? read.team_id : seen.team_id;
  const contextTeam = read.context_team_id.startsWith('T') ? read.context_team_id : '';
  return {
    app: read.api_app_id,
    team: team.startsWith('E') ? '' : team,
    enterprise: seen?.enterprise_id ?? (read.enterprise_id === '' ? read.context_enterprise_id : read.enterprise_id),
    user: read.event.user,
    userTeam: read.event.user_team,
    channel: read.event.channel,
    messageTs: read.event.ts,
    threadTs: read.event.thread_ts,
    isContradictory:
      contextTeam !== '' && team.startsWith('T') && contextTeam !== team && !(seen?.is_enterprise_install ?? false),
    responseUrl: '',
  };
}

/** Reads it from a body of any kind; never throws. */
export function originOf(body: Readonly<Record<string, unknown>>): Origin {
  if (typeof body['command'] === 'string') return ofCommand(body);
  return 'event' in body ? ofEvent(body) : ofInteraction(body);
}
