import type { Hono } from 'hono';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import type { Actor } from '@autodevops/domain/change/actor';
import type { Handlers } from '../contract/handlers.ts';
import { createApp } from '../http/app.ts';
import type { AppChoice } from '../http/app.ts';
import { rateLimit } from '../http/rate-limit.ts';
import { mayDo } from '../identity/person-actor.ts';
import { openApiDocument } from '../openapi/document.ts';

export const ann: Actor = {
  kind: 'person',
  account: 'local:ann',
  person: 'p-ann',
  name: 'Ann',
  roles: ['admin'],
  surface: 'cli',
};

/** The application over handlers of a test; what a test does not give fails if it is called. */
export function appOf(
  handlers: Partial<Handlers>,
  choice: Partial<AppChoice> = {},
): { readonly app: Hono; readonly logged: unknown[] } {
  const logged: unknown[] = [];
  const all = new Proxy(handlers, {
    get: (given, name) =>
      Reflect.get(given, name) ??
      (() => {
        throw new AutoDevOpsError('internal', `${String(name)} is not part of this test`, '');
      }),
  });
  let references = 0;
  const app = createApp({
    handlers: all as Handlers,
    identify: async () => ({ actor: ann }),
    mayDo,
    deny: async (error) => {
      throw error;
    },
    hosts: ['localhost'],
    limit: rateLimit({ perSecond: 1000, burst: 1000 }),
    alertLimit: rateLimit({ perSecond: 1000, burst: 1000 }),
    now: () => 0,
    newReference: () => `ref-${++references}`.padEnd(8, '0'),
    log: (line) => void logged.push(line),
    observe: () => {},
    longest: 5_000,
    openapi: () => openApiDocument('0'),
    metrics: async () => '',
    ending: new AbortController().signal,
    ...choice,
  });
  return { app, logged };
}
