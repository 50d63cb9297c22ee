import type { Handler } from './handler.ts';
import type { WorkspaceEvent } from './workspace-event.ts';

/** What a bot works on, by name. */
export interface Registry {
  readonly handlers: readonly Handler[];
  readonly workspaceEvents: readonly WorkspaceEvent[];
  readonly find: (name: string) => Handler | undefined;
  readonly findWorkspaceEvent: (name: string) => WorkspaceEvent | undefined;
}

/** Throws when two have the same name. */
export function registryOf(handlers: readonly Handler[], workspaceEvents: readonly WorkspaceEvent[] = []): Registry {
  const names = [...handlers, ...workspaceEvents].map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new Error(`Two handlers are called ${twice}.`);
  const byName = new Map(handlers.map((handler) => [handler.name, handler]));
  const ofWorkspace = new Map(workspaceEvents.map((event) => [event.name, event]));
  return {
    handlers,
    workspaceEvents,
    find: (name) => byName.get(name),
    findWorkspaceEvent: (name) => ofWorkspace.get(name),
  };
}
