import { describe, expect, it } from 'vitest';
import { readSettings, Settings } from './settings.ts';

describe('settings', () => {
  it('have the defaults of their shapes where nothing is configured', () => {
    expect(readSettings(() => undefined)).toEqual(Settings.parse({}));
  });

  it('count as not given where a value is not valid, and the mistake is told', () => {
    const told: string[] = [];
    const settings = readSettings((name) => (name === 'logs.lines' ? 'many' : name === 'problems.hygiene' ? true : undefined), (name, problem) => void told.push(`${name}: ${problem}`));
    expect(settings['logs.lines']).toBe(200);
    expect(settings['problems.hygiene']).toBe(true);
    expect(told).toHaveLength(1);
    expect(told[0]).toMatch(/^logs\.lines: .*expected number/s);
  });

  it('never offer other assistants a server before somebody wants that', () => {
    expect(Settings.parse({})['mcp.enabled']).toBe(false);
  });

  it('describe each choice that they offer', () => {
    for (const [name, shape] of Object.entries(Settings.shape)) {
      const json = shape.toJSONSchema({ io: 'input' }) as { enum?: readonly string[]; markdownEnumDescriptions?: readonly string[]; markdownDescription?: string };
      expect(json.markdownDescription, name).toMatch(/\.$/);
      expect(json.markdownEnumDescriptions?.length, name).toBe(json.enum?.length);
    }
  });
});
