import { array, asyncProperty, assert, constantFrom, oneof, string } from 'fast-check';
import { expect, it } from 'vitest';
import type { EndpointName } from '@autodevops/agentd/endpoints';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { createMemoryBotStore } from '@autodevops/testkit/memory-bot-store';
import type { AgentClient } from '@autodevops/agentd/client';
import { hostileText } from '../rendering/testing/hostile-text.ts';
import { scene } from '../testing/surroundings.ts';
import { commandHandlers, slashCommands } from './registry.ts';
import { slashPayload } from './testing/command-scene.ts';

const words = slashCommands.flatMap((command) =>
  command.words.flatMap(({ name, options }) => [name, ...Object.keys(options).map((option) => `--${option}`)]),
);
const pieces = oneof(
  constantFrom(
    ...words,
    'last',
    'chg-aaaaaaaaaaaa',
    'inc-aaaaaaaaaaaa',
    'deploy/web',
    '--',
    '—share',
    '“',
    '"',
    "'",
    '=',
    'sev1',
    'on',
    '<@U2|bob>',
    '&lt;',
    '--set',
    'a=b',
  ),
  hostileText,
  string({ unit: 'binary', maxLength: 60 }),
);
const lines = array(pieces, { maxLength: 12 }).map((parts) => parts.join(' ').slice(0, 8000));
/** What writes, and the word without which none of it is called. */
const deeds: Readonly<Partial<Record<EndpointName, string>>> = {
  approve: 'never',
  run: 'never',
  putPerson: 'never',
  issueToken: 'never',
  breakGlass: 'never',
  setKillSwitch: 'kill-switch',
  reject: 'reject',
  undo: 'undo',
  openIncident: 'open',
  resolveIncident: 'resolve',
  useLinkCode: 'link',
  removeAccount: 'unlink',
};

for (const { name } of slashCommands) {
  it(`whatever follows ${name}, it is answered or refused in a sentence, and nothing is done that was not said`, async () => {
    const handler = commandHandlers.find((one) => one.name === `command.${name}`) ?? expect.fail();
    await assert(
      asyncProperty(lines, async (text) => {
        const called: EndpointName[] = [];
        const agent = new Proxy(
          {},
          {
            get: (_target, endpoint) => async (): Promise<never> => {
              called.push(endpoint as EndpointName);
              throw new AutoDevOpsError('agent.unreachable', 'It does not answer.', 'Wait.');
            },
          },
        ) as AgentClient;
        const { surroundings } = scene({ store: createMemoryBotStore() });
        const payload = slashPayload(name, text);
        expect(['help', 'link', 'read', 'act']).toContain(handler.needOf?.(payload));
        await handler.handle(payload, { ...surroundings, agent }).catch((error: unknown) => {
          if (!(error instanceof AutoDevOpsError)) throw error;
          expect(error.message.length).toBeLessThan(2200);
        });
        for (const endpoint of called) {
          if (deeds[endpoint] !== undefined) expect(text.toLowerCase()).toContain(deeds[endpoint]);
        }
      }),
      { numRuns: 150 },
    );
  });
}
