import type { AgentClient } from '@autodevops/agentd/client';
import { finalStates } from '@autodevops/domain/change/change';
import type { Change } from '@autodevops/domain/change/change';
import { printable } from '@autodevops/domain/printable';

/** Follows a change until it is final or waits for somebody; tells where it stands. Leaving it does not stop the change. */
export async function followChange(
  client: AgentClient,
  id: string,
  tell: (says: string) => void,
  signal: AbortSignal,
): Promise<Change> {
  const ended = new AbortController();
  try {
    for await (const { event } of client.watchChange(
      { params: { id } },
      { signal: AbortSignal.any([signal, ended.signal]) },
    )) {
      tell(printable(event.says));
      if (event.state === 'waiting' || finalStates.includes(event.state)) return event;
    }
    return await client.change({ params: { id } }, { signal });
  } finally {
    ended.abort();
  }
}
