import { describe, expect, it } from 'vitest';
import { readBotConfiguration } from './read-bot-configuration.ts';
import { secretsOf } from './secret-source.ts';

const own = `apps:
  - id: A0001
    customer: acme
    appToken: { env: SLACK_APP_TOKEN }
    botToken: { env: SLACK_BOT_TOKEN }
customers:
  - name: acme
    agent: { socket: ./agent.sock }
    issuer: { key: { file: slack.pem } }
`;

describe("the bot's configuration", () => {
  it('of a laptop needs an app, a customer and nothing else', () => {
    const read = readBotConfiguration(own, 'bot-config.yaml');
    expect(read.transport).toEqual({ kind: 'socket', connections: 2 });
    expect(read.store).toEqual({ kind: 'sqlite', file: './data/bot.db' });
    expect(read.customers[0]?.issuer.name).toBe('slack');
  });

  it('with an unknown key names its line and what may have been meant', () => {
    expect(() => readBotConfiguration(own.replace('customer: acme', 'custmer: acme'), 'bot-config.yaml')).toThrow(
      /bot-config\.yaml:3: "custmer" is no setting of apps\.0; did you mean "customer"\?/,
    );
  });

  it('holds no secret, only where it is', () => {
    expect(() =>
      readBotConfiguration(own.replace('{ env: SLACK_BOT_TOKEN }', 'xoxb-1-2-3'), 'bot-config.yaml'),
    ).toThrow(/bot-config\.yaml:5: apps\.0\.botToken/);
  });

  it('of an app of a customer that is not there is refused', () => {
    expect(() => readBotConfiguration(own.replace('customer: acme', 'customer: other'), 'bot-config.yaml')).toThrow(
      'apps.0.customer: is not among the customers',
    );
  });

  it('over HTTP needs the signing secret', () => {
    expect(() => readBotConfiguration(`transport: { kind: http }\n${own}`, 'bot-config.yaml')).toThrow(
      'apps.0.signingSecret: is needed with the transport `http`',
    );
  });

  it('of a distributed app needs a sealing key and an address', () => {
    const distributed = own
      .replace('    customer: acme\n', '')
      .replace('botToken: { env: SLACK_BOT_TOKEN }', 'oauth: { clientId: "1.2", clientSecret: { env: X } }');
    expect(() => readBotConfiguration(distributed, 'bot-config.yaml')).toThrow(
      /sealing: needs a key[^]*transport\.publicUrl: is needed/,
    );
  });
});

describe('a secret', () => {
  it('comes from the environment, without the line break at its end', async () => {
    expect(await secretsOf({ X: 'abc\n' }, '/').read({ env: 'X' })).toBe('abc');
  });

  it('that is missing is called by its place', async () => {
    await expect(secretsOf({}, '/').read({ env: 'X' })).rejects.toThrow(
      'The secret in the environment variable X is empty.',
    );
    await expect(secretsOf({}, '/nowhere').read({ file: 'x' })).rejects.toThrow('/nowhere/x cannot be read (ENOENT).');
  });
});
