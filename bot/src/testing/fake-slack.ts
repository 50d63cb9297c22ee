import type { MessageRef, SlackApi, SlackChannel, SlackStream, SlackUser } from '../slack/slack-api.ts';

/** One call of the fake, its arguments without the signal. */
export interface SlackCall {
  readonly method: keyof SlackApi | 'append' | 'stop';
  readonly given: readonly unknown[];
}

export interface FakeSlack {
  readonly api: SlackApi;
  /** Everything that was asked of Slack, in order. */
  readonly calls: readonly SlackCall[];
  readonly callsOf: (method: SlackCall['method']) => readonly (readonly unknown[])[];
  /** The next call of the method throws this. */
  readonly failNext: (method: keyof SlackApi, error: Error) => void;
  /** Somebody deletes what was posted with this key. */
  readonly deletePosted: (channel: string, key: string) => void;
  readonly setUser: (user: Partial<SlackUser> & { readonly id: string }) => void;
  readonly setChannel: (channel: Partial<SlackChannel> & { readonly id: string }) => void;
}

export function slackUser(given: Partial<SlackUser> & { readonly id: string }): SlackUser {
  return {
    team: 'T1',
    name: given.id,
    isBot: false,
    isGuest: false,
    isStranger: false,
    isDeactivated: false,
    email: '',
    isEmailConfirmed: false,
    ...given,
  };
}

export function slackChannel(given: Partial<SlackChannel> & { readonly id: string }): SlackChannel {
  return { name: given.id, isMember: true, isArchived: false, isShared: false, isDirectMessage: false, ...given };
}

type Answers = {
  readonly [K in keyof Omit<SlackApi, 'stream'>]: (
    ...given: Parameters<SlackApi[K]>
  ) => Awaited<ReturnType<SlackApi[K]>>;
};

/** Slack as a handler's tests use it: records what was asked, answers plausibly, checks nothing that Slack checks. */
export function fakeSlack(): FakeSlack {
  const calls: SlackCall[] = [];
  const failures = new Map<keyof SlackApi, Error[]>();
  const users = new Map<string, SlackUser>();
  const channels = new Map<string, SlackChannel>();
  const posted = new Map<string, MessageRef>();
  let clock = 1_800_000_000;
  const newTs = (): string => `${++clock}.000100`;
  const note = (method: SlackCall['method'], given: readonly unknown[]): void => {
    calls.push({ method, given: given.filter((one) => !(one instanceof AbortSignal)) });
    const failure = method === 'append' || method === 'stop' ? undefined : failures.get(method)?.shift();
    if (failure !== undefined) throw failure;
  };
  const answers: Answers = {
    post: ({ channel, key }) => {
      const ref = { channel, ts: newTs() };
      posted.set(`${channel} ${key}`, ref);
      return ref;
    },
    update: () => undefined,
    findPosted: ({ channel, key }) => posted.get(`${channel} ${key}`),
    whisper: () => undefined,
    respond: () => undefined,
    openView: () => ({ id: `V${++clock}`, hash: `${clock}.h` }),
    updateView: () => undefined,
    publishHome: () => undefined,
    unfurl: () => undefined,
    upload: () => undefined,
    showAtWork: () => undefined,
    suggestPrompts: () => undefined,
    user: (id) => users.get(id) ?? slackUser({ id }),
    channel: (id) => channels.get(id) ?? slackChannel({ id }),
    permalink: ({ channel, ts }) => `https://example.slack.com/archives/${channel}/p${ts.replace('.', '')}`,
  };
  const methods = Object.entries(answers).map(([name, answer]) => [
    name,
    async (...given: unknown[]) => {
      note(name as keyof Answers, given);
      return (answer as (...given: unknown[]) => unknown)(...given);
    },
  ]);
  const stream = (to: Parameters<SlackApi['stream']>[0]): SlackStream => {
    note('stream', [to]);
    return {
      append: async (markdown) => note('append', [markdown]),
      stop: async (last) => {
        note('stop', last === undefined ? [] : [last]);
        return { channel: to.channel, ts: newTs() };
      },
    };
  };
  return {
    api: { ...(Object.fromEntries(methods) as Omit<SlackApi, 'stream'>), stream },
    calls,
    callsOf: (method) => calls.filter((call) => call.method === method).map((call) => call.given),
    failNext: (method, error) => void failures.set(method, [...(failures.get(method) ?? []), error]),
    deletePosted: (channel, key) => void posted.delete(`${channel} ${key}`),
    setUser: (user) => void users.set(user.id, slackUser(user)),
    setChannel: (channel) => void channels.set(channel.id, slackChannel(channel)),
  };
}
