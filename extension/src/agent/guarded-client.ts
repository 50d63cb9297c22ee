import type { AgentClient } from '@autodevops/agentd/client';
import { endpoints } from '@autodevops/agentd/endpoints';
import type { AutoDevOpsError } from '@autodevops/domain/errors';

type Name = keyof AgentClient;
type Method = (given: { readonly body?: unknown }, options: { readonly signal: AbortSignal }) => unknown;

/** What makes a cluster safer, or touches nothing of it (a note, an incident, a code of one's own), is never kept from anybody. */
const harmless: Readonly<Partial<Record<Name, (body: unknown) => boolean>>> = {
  reject: () => true,
  cancel: () => true,
  remember: () => true,
  openIncident: () => true,
  acknowledgeIncident: () => true,
  assignIncident: () => true,
  updateIncident: () => true,
  silenceIncident: () => true,
  unsilenceIncident: () => true,
  resolveIncident: () => true,
  makeLinkCode: () => true,
  setKillSwitch: (body) => (body as { on?: unknown } | undefined)?.on === true,
};

function changesSomething(name: Name, body: unknown): boolean {
  const { right } = endpoints[name];
  return right !== 'read' && harmless[name]?.(body) !== true;
}

/** The same agent, which refuses to change anything while there is a reason to. What is asked of it is judged at each call. */
export function guardedClient(client: AgentClient, refusal: () => AutoDevOpsError | undefined): AgentClient {
  const guarded = Object.entries(client).map(([name, method]) => [
    name,
    (given: { readonly body?: unknown }, options: { readonly signal: AbortSignal }) => {
      const refused = changesSomething(name as Name, given.body) ? refusal() : undefined;
      return refused === undefined ? (method as Method)(given, options) : Promise.reject(refused);
    },
  ]);
  return Object.fromEntries(guarded) as AgentClient;
}
