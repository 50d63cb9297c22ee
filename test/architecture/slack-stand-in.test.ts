import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packStandIn, standInName } from '../../packages/workspace/build/stand-in-package.ts';
import { root, sourceFiles } from './source-files.ts';

const testkit = join(root, 'packages', 'testkit', 'node_modules');

/** A bot of somebody else, over Bolt as it is published. */
const program = `
import bolt from '@slack/bolt';
import { validateBlocks } from '${standInName}/rules/validate-blocks';
import { startSlack } from '${standInName}/start-slack';

const slack = await startSlack();
const team = slack.addTeam('Acme');
const ann = slack.addUser(team, { name: 'ann' });
const app = slack.addApp({ manifest: {
  display_information: { name: 'Echo' },
  features: { bot_user: { display_name: 'echo' }, slash_commands: [{ command: '/echo', description: 'Says it again.' }] },
  oauth_config: { scopes: { bot: ['chat:write', 'commands'] } },
  settings: {},
} });
const bot = slack.install(app, team);
const general = slack.addChannel(team, { name: 'general', members: [ann, bot.botUser] });
const own = new bolt.App({ token: bot.token, signingSecret: app.signingSecret, clientOptions: { slackApiUrl: slack.apiUrl }, logLevel: bolt.LogLevel.ERROR });
own.command('/echo', async ({ command, ack, client }) => {
  await ack();
  await client.chat.postMessage({ channel: command.channel_id, text: command.text });
});
const server = await own.start({ port: 0, host: '127.0.0.1' });
app.requestUrl = \`http://127.0.0.1:\${server.address().port}/slack/events\`;
const { isAcknowledged } = await slack.person(ann).slash('/echo', 'hello', general);
for (const end = Date.now() + 10_000; slack.calls.of('chat.postMessage').length === 0 && Date.now() < end;) await new Promise((resolve) => setTimeout(resolve, 20));
const seen = slack.person(ann).sees(general).map(({ text }) => text);
const problems = validateBlocks([{ type: 'nonsense' }], 'message').length;
await own.stop();
await slack.close();
process.stdout.write(JSON.stringify({ isAcknowledged, seen, problems }));
`;

/** Whoever uses it with TypeScript. */
const typed = `
import { startSlack } from '${standInName}/start-slack';
const slack = await startSlack({ clock: { mode: 'frozen' } });
export const url: string = slack.url;
// @ts-expect-error: a clock has no such mode.
await startSlack({ clock: { mode: 'wild' } });
`;

let folder = '';

function borrow(name: string, from: string): void {
  const place = join(folder, 'node_modules', name);
  mkdirSync(dirname(place), { recursive: true });
  symlinkSync(realpathSync(join(from, name)), place);
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'autodevops-stand-in-'));
  packStandIn(root, join(folder, 'node_modules', standInName));
  for (const name of ['ws', 'zod', '@slack/bolt', '@types/ws']) borrow(name, testkit);
  borrow('@types/node', join(root, 'node_modules'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the Slack to test against', () => {
  it('imports nothing of this project', () => {
    const files = sourceFiles().filter(
      ({ path }) => path.startsWith('packages/testkit/src/slack/') && !/\.test\.ts$|\/testing\//.test(path),
    );
    expect(files.length).toBeGreaterThan(100);
    const isOwn = (path: string, one: string): boolean =>
      one.startsWith('.')
        ? join(dirname(path), one).startsWith('packages/testkit/src/slack/')
        : /^(?:node:.*|ws|zod)$/.test(one);
    const wrong = files.flatMap(({ path, imports }) =>
      imports.filter((one) => !isOwn(path, one)).map((one) => `${path} imports ${one}`),
    );
    expect(wrong).toEqual([]);
  });

  it('is a package that a Bolt app of anybody runs against', () => {
    writeFileSync(join(folder, 'echo.mjs'), program);
    expect(
      JSON.parse(execFileSync(process.execPath, ['echo.mjs'], { cwd: folder, encoding: 'utf8', timeout: 60_000 })),
    ).toEqual({ isAcknowledged: true, seen: ['hello'], problems: 1 });
  });

  it('has types that TypeScript finds', () => {
    writeFileSync(join(folder, 'typed.mts'), typed);
    writeFileSync(join(folder, 'package.json'), '{"type": "module"}');
    const config = {
      compilerOptions: { module: 'nodenext', target: 'es2024', strict: true, noEmit: true, types: ['node'] },
      files: ['typed.mts'],
    };
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config));
    const told = (() => {
      try {
        return execFileSync(
          process.execPath,
          [join(root, 'node_modules', 'typescript', 'bin', 'tsc'), '--project', folder],
          { encoding: 'utf8', timeout: 60_000 },
        );
      } catch (error) {
        return String((error as { readonly stdout?: string }).stdout ?? error);
      }
    })();
    expect(told).toBe('');
  });

  it('says by itself what it needs and how it may be used', () => {
    const own = join(folder, 'node_modules', standInName);
    expect(JSON.parse(readFileSync(join(own, 'package.json'), 'utf8'))).toMatchObject({
      name: standInName,
      license: 'Apache-2.0',
      dependencies: { ws: expect.stringMatching(/\d/), zod: expect.stringMatching(/\d/) },
    });
    expect(readFileSync(join(own, 'README.md'), 'utf8')).not.toContain('@autodevops/');
    expect(readFileSync(join(own, 'LICENSE'), 'utf8')).toContain('Apache License');
  });
});
