import { usageError } from '../options/usage-error.ts';

/** The app that an app-level token is of: Slack writes its id into it (`xapp-1-A0123456789-…`). */
export function appOfToken(token: string): string {
  const [, app] = /^xapp-\d+-(A[A-Z0-9]{2,20})-/.exec(token) ?? [];
  if (app === undefined) {
    throw usageError(
      'SLACK_APP_TOKEN is no app-level token.',
      'It begins with `xapp-`; Basic Information → App-Level Tokens has it.',
    );
  }
  return app;
}
