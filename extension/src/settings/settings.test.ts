import { expect, it } from 'vitest';
import { Settings } from './settings.ts';

it('other assistants are never offered a server before somebody wants that', () => {
  expect(Settings.parse({})['mcp.enabled']).toBe(false);
});

it('each choice that a setting offers is described', () => {
  for (const [name, shape] of Object.entries(Settings.shape)) {
    const json = shape.toJSONSchema({ io: 'input' }) as {
      enum?: readonly string[];
      markdownEnumDescriptions?: readonly string[];
      markdownDescription?: string;
    };
    expect(json.markdownDescription, name).toMatch(/\.$/);
    expect(json.markdownEnumDescriptions?.length, name).toBe(json.enum?.length);
  }
});
