import { onTestFinished } from 'vitest';
import { read } from '../../read-replay.ts';
import { startReplayServer } from '../../replay-server.ts';
import type { ReplayOptions, ReplayServer } from '../../replay-server.ts';
import { smallRecording } from '../../small-recording.ts';

/** Ends with the test. */
export function ending(server: ReplayServer): ReplayServer {
  onTestFinished(() => server.close());
  return server;
}

export async function start(options: ReplayOptions = {}): Promise<string> {
  return ending(await startReplayServer(smallRecording, { writable: true, ...options })).url;
}

export interface Told {
  readonly code: number;
  readonly body: Readonly<Record<string, unknown>> & { readonly metadata: Readonly<Record<string, unknown>> };
}

export async function ask(method: string, url: string, body?: unknown, type = 'application/json'): Promise<Told> {
  const { code, text } = await read(url, {
    method,
    headers: { 'content-type': type },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { code, body: JSON.parse(text) as Told['body'] };
}

export const jsonPatch = 'application/json-patch+json';

export const mergePatch = 'application/merge-patch+json';

export const strategicPatch = 'application/strategic-merge-patch+json';

export const applyPatch = 'application/apply-patch+yaml';

export const pods = '/api/v1/namespaces/shop/pods';

export const deployment = '/apis/apps/v1/namespaces/shop/deployments/web';

export const configMap = (name: string, more: object = {}): object => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name },
  ...more,
});
