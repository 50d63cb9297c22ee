import type { Message } from './messages.ts';

/** https://docs.slack.dev/reference/methods/agents.sessions.setStatus */
export const sessionStatuses = ['active', 'processing', 'suspended', 'closed'] as const;
export type SessionStatus = (typeof sessionStatuses)[number];

/** What Slack shows of an agent's work in one thread. */
export interface AgentSession {
  readonly app: string;
  readonly channel: string;
  readonly threadTs: string;
  status: SessionStatus;
  title: string;
}

interface WithAgentSessions {
  readonly agentSessions: Map<string, AgentSession>;
}

function keyOf({ app, channel, threadTs }: Pick<AgentSession, 'app' | 'channel' | 'threadTs'>): string {
  return `${app} ${channel} ${threadTs}`;
}

export function sessionAt(
  state: WithAgentSessions,
  at: Pick<AgentSession, 'app' | 'channel' | 'threadTs'>,
): AgentSession | undefined {
  return state.agentSessions.get(keyOf(at));
}

/** Sets the status of a session, which begins by that where there is none; a title is taken then alone. */
export function setSession(
  state: WithAgentSessions,
  at: Pick<AgentSession, 'app' | 'channel' | 'threadTs'>,
  status: SessionStatus,
  title = '',
): AgentSession {
  const session = sessionAt(state, at) ?? { ...at, status, title };
  session.status = status;
  state.agentSessions.set(keyOf(at), session);
  return session;
}

/** Whether some agent is at work in a thread. */
export function isAtWork(state: WithAgentSessions, channel: string, threadTs: string): boolean {
  return [...state.agentSessions.values()].some(
    (session) => session.channel === channel && session.threadTs === threadTs && session.status === 'processing',
  );
}

/** The thread that a session of a message goes by. */
export function threadOfMessage({ ts, threadTs }: Pick<Message, 'ts' | 'threadTs'>): string {
  return threadTs ?? ts;
}
