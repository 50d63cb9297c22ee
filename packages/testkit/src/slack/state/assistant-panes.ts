/** What an app shows around a thread of its assistant pane. */
export interface AssistantPane {
  readonly channel: string;
  readonly threadTs: string;
  status: string;
  /** Milliseconds since 1970 at which the status goes by itself. */
  statusUntil: number;
  title: string;
  prompts: readonly { readonly title: string; readonly message: string }[];
}

interface WithAssistantPanes {
  readonly assistantPanes: Map<string, AssistantPane>;
}

/** A message in a thread takes the status away, as an app's answer does. */
export function clearStatus(state: WithAssistantPanes, channel: string, threadTs: string): void {
  const pane = state.assistantPanes.get(`${channel} ${threadTs}`);
  if (pane !== undefined) pane.status = '';
}

/** Empty: none is shown. */
export function statusAt(state: WithAssistantPanes, channel: string, threadTs: string, now: number): string {
  const pane = state.assistantPanes.get(`${channel} ${threadTs}`);
  return pane === undefined || pane.statusUntil <= now ? '' : pane.status;
}
