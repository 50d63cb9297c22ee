/** How a laptop gets a bot of its own, in five steps; `manifest` is printed beneath. */
export function laptopSteps(manifest: string): string {
  return `Slack is spoken to from this machine by Socket Mode: nothing has to reach it from outside.

1. Open https://api.slack.com/apps, Create New App, From a manifest; choose your workspace, and paste what stands below.
2. Basic Information, App-Level Tokens: generate one with the scope connections:write.
   export SLACK_APP_TOKEN=xapp-...
3. Install App: install it to your workspace, and copy the Bot User OAuth Token.
   export SLACK_BOT_TOKEN=xoxb-...
4. In Slack, make a channel for incidents and write /invite @auto-devops there. Its id is at the end of its About page.
   export SLACK_INCIDENT_CHANNEL=C...   (may be left out)
5. npm start -- --slack

The manifest (autodevops slack manifest prints it too):

${manifest}`;
}
