import { describe, expect, it } from 'vitest';
import { readConfiguration } from './read-configuration.ts';

const local = `mode: local
cluster: {type: kind, nodes: 3}
agents:
  jamie: {model: "llama3.1:8b", memory: "sqlite://./data/jamie.db"}
  scarlet: {autonomy_level: development}
observability: {metrics_retention: 7d, log_level: debug}
`;

describe('a configuration', () => {
  it('is read with its defaults filled in', () => {
    const read = readConfiguration(local, 'local-config.yaml');
    expect(read).toMatchObject({
      mode: 'local',
      cluster: { type: 'kind', nodes: 3 },
      agents: { scarlet: { autonomy_level: 'development', approvalMinutes: 60 } },
      listen: { kind: 'socket' },
    });
    expect(readConfiguration('', 'x')).toMatchObject({
      mode: 'local',
      agents: { scarlet: { autonomy_level: 'suggest' } },
    });
  });

  const wrong: readonly (readonly [string, string, RegExp])[] = [
    [
      'an unknown key, with what may have been meant',
      'mode: local\nobservabilty: {}\n',
      /c\.yaml:2: "observabilty" is no setting; did you mean "observability"\?/,
    ],
    [
      'an unknown key further down',
      'agents:\n  scarlet:\n    autonomy: development\n',
      /c\.yaml:3: "autonomy" is no setting of agents\.scarlet; did you mean "autonomy_level"\?/,
    ],
    ['a value that is none of those that may be', 'mode: laptop\n', /c\.yaml:1: mode: /],
    ['a key that is there twice', 'mode: local\nmode: cloud\n', /c\.yaml:2: Map keys must be unique/],
    ['YAML that is broken', 'mode: [\n', /c\.yaml:\d+: /],
    ['every mistake at once', 'mode: x\nfoo: 1\n', /c\.yaml:1: mode[^]*c\.yaml:2: "foo" is no setting/],
  ];
  it.each(wrong)('is refused for %s', (_name, text, says) => {
    expect(() => readConfiguration(text, 'c.yaml')).toThrow(says);
  });
});
