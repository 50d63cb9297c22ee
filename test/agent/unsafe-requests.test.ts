import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { agentClient } from '../../packages/agentd/src/client/agent-client.ts';
import type { AgentClient } from '../../packages/agentd/src/client/agent-client.ts';
import { composeAgent } from '../../packages/agentd/src/compose.ts';
import { Configuration } from '../../packages/agentd/src/configuration/configuration.ts';
import { plainAccess } from '../../packages/kube/src/kubeconfig/plain-access.ts';
import { startReplayServer } from '../../packages/kube/src/replay/replay-server.ts';
import { filledRequest } from '../scenarios/change-requests.ts';
import { namesItsRule, refusalOf, unsafe } from '../scenarios/unsafe-requests.ts';

const namespace = 'shop';
const options = { get signal() { return AbortSignal.timeout(60_000); } };
let client: AgentClient;
let close: (() => Promise<void>) | undefined;

function workload(): readonly Readonly<Record<string, unknown>>[] {
  const documents = parseAllDocuments(readFileSync(new URL('../scenarios/web-workload.yaml', import.meta.url), 'utf8')).map((document) => document.toJS() as { readonly kind: string; readonly metadata: { readonly name: string } });
  return documents.map((object) => ({ ...object, metadata: { ...object.metadata, namespace, uid: `uid-${object.kind}-${object.metadata.name}` } }));
}

beforeAll(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'autodevops-unsafe-'));
  const server = await startReplayServer({ objects: [...workload()], logs: [], serverVersion: 'v1.36.3' }, { writable: true });
  const configuration = Configuration.parse({ agents: { scarlet: { autonomy_level: 'suggest' } } });
  const agent = await composeAgent({ configuration, folder, version: '0.0.0', environment: {}, writeLog: () => {}, access: plainAccess('sample', server.url) });
  let keys = 0;
  client = agentClient({ address: 'http://localhost', fetch: agent.fetch, token: async () => undefined, newKey: () => `unsafe-${++keys}`, wait: async (milliseconds) => { await sleep(milliseconds); } });
  close = async () => {
    await agent.close();
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  };
}, 60_000);
afterAll(async () => await close?.());

describe('never done, whoever asks, and said by which rule', () => {
  it.each(unsafe)('%s', async (_name, asked, says) => {
    const before = (await client.auditRows({}, options)).head;
    const refused = await refusalOf(client.propose({ body: { requests: [filledRequest(asked, namespace)], reason: 'I want it.' } }, options));
    expect(refused).toMatchObject({ code: 'change.refused', message: expect.stringMatching(says) });
    expect(`${refused.message} ${refused.remedy}`).toMatch(namesItsRule);
    const { rows } = await client.auditRows({ query: { from: before + 1 } }, options);
    expect(rows.map(({ entry }) => entry.code)).toEqual(['DNY001']);
  });
});
