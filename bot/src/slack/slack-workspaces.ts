import type { Logger } from '@slack/web-api';
import type { KeptInstallation } from '@autodevops/domain/ports/bot-store';
import { answerAt, answerBody } from './answer-url.ts';
import { callBudget } from './call-budget.ts';
import { knownForAWhile } from './known-for-a-while.ts';
import type { SlackApi } from './slack-api.ts';
import { webCalls } from './web-calls.ts';
import { webSlackApi } from './web-slack-api.ts';
import { usualStreamPace } from './web-stream.ts';

export interface WorkspacesChoice {
  readonly slackApi: string;
  readonly tokenOf: (installation: Pick<KeptInstallation, 'app' | 'team' | 'enterprise'>) => Promise<string>;
  readonly isDistributed: (app: string) => boolean;
  readonly logger: Logger;
  readonly observe: (method: string, outcome: string, milliseconds: number) => void;
  /** Milliseconds. */
  readonly now: () => number;
  readonly wait: (milliseconds: number, signal: AbortSignal) => Promise<void>;
}

/** Slack, installation by installation: each with its own budget and its own memory of people. */
export interface SlackWorkspaces {
  readonly of: (installation: KeptInstallation) => SlackApi;
  readonly forget: (installation: KeptInstallation) => void;
  /** Answers a command or a click of a workspace that is not installed. */
  readonly respond: SlackApi['respond'];
}

export function slackWorkspaces(choice: WorkspacesChoice): SlackWorkspaces {
  const { slackApi, logger, observe, now, wait } = choice;
  const made = new Map<string, SlackApi>();
  const keyOf = ({ app, team, enterprise }: KeptInstallation): string => `${app}/${team}/${enterprise}`;
  const make = (installation: KeptInstallation): SlackApi => {
    const { app, team, enterprise } = installation;
    const calls = webCalls({
      slackApi,
      token: async () => await choice.tokenOf({ app, team, enterprise }),
      budget: callBudget(now, choice.isDistributed(app)),
      logger,
      observe,
      now,
    });
    return webSlackApi({
      calls,
      slackApi,
      users: knownForAWhile(now),
      channels: knownForAWhile(now),
      pace: { ...usualStreamPace, now, wait },
    });
  };
  return {
    of: (installation) => {
      const key = keyOf(installation);
      const api = made.get(key) ?? make(installation);
      made.set(key, api);
      return api;
    },
    forget: (installation) => void made.delete(keyOf(installation)),
    respond: async (url, message, signal) => await answerAt(url, answerBody(message), { slackApi, signal }),
  };
}
