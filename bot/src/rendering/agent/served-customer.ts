import type { SlackMessage } from '../../slack/slack-api.ts';
import { always, message } from '../budget/message.ts';
import { bold, code, line, richText, words } from '../text/rich-text.ts';

export interface Served {
  readonly customer: string;
  readonly cluster: string;
  readonly team: string;
  readonly app: string;
}

/** Whom this installation of the app serves, and that it sees nothing of others. */
export function servedCustomer({ customer, cluster, team, app }: Served): SlackMessage {
  return message('Which customer is served here', [
    always(
      richText(
        line(bold('Customer: '), code(customer), words(' · cluster '), code(cluster)),
        line(bold('Workspace: '), code(team), words(' · app '), code(app)),
        line(
          words(
            "No plane is connected: this bot knows this customer's agent and nothing else. Customers are set up in the bot's configuration.",
          ),
        ),
      ),
    ),
  ]);
}
