import { describe, expect, it } from 'vitest';
import { manifestParts } from '../contributions/manifest.ts';
import { readSettings } from './read-settings.ts';
import type { SettingsManifest } from './read-settings.ts';
import { mistakeIn } from './setting-schema.ts';
import { Settings } from './settings.ts';

const manifest = manifestParts().manifest as unknown as SettingsManifest;
const schemas = Object.entries(manifest.contributes.configuration.properties).map(([key, schema]) => ({
  name: key.replace('autodevops.', ''),
  schema,
}));

/** Of every type, and at and beyond every bound that a setting has. */
const values: readonly unknown[] = [
  undefined,
  null,
  true,
  false,
  0,
  9,
  10,
  10.5,
  200,
  5000,
  5001,
  -1,
  NaN,
  Infinity,
  2 ** 60,
  '',
  'live',
  'off',
  'severity',
  'none',
  'approvals',
  'x'.repeat(253),
  'x'.repeat(254),
  'x'.repeat(4096),
  'x'.repeat(4097),
  [],
  ['kind-*'],
  [''],
  ['x'.repeat(254)],
  [1],
  [['a']],
  Array.from({ length: 50 }, () => 'a'),
  Array.from({ length: 51 }, () => 'a'),
  {},
  { length: 1 },
  () => 'live',
];

describe('the schemas of the manifest', () => {
  it('let through what the zod shapes let through, and nothing else', () => {
    for (const { name, schema } of schemas) {
      const shape = Settings.shape[name as keyof typeof Settings.shape];
      for (const value of values.filter((one) => one !== undefined)) {
        expect([name, value, mistakeIn(value, schema) === undefined]).toEqual([
          name,
          value,
          shape.safeParse(value).success,
        ]);
      }
    }
  });

  it('say nothing that is not checked', () => {
    const told = ['default', 'scope', 'order', 'markdownDescription', 'markdownEnumDescriptions'];
    const checked = ['type', 'enum', 'minLength', 'maxLength', 'minimum', 'maximum', 'maxItems', 'items'];
    for (const { schema } of schemas) {
      expect(Object.keys(schema).filter((keyword) => ![...told, ...checked].includes(keyword))).toEqual([]);
      expect(Object.keys(schema.items ?? {}).filter((keyword) => !checked.includes(keyword))).toEqual([]);
    }
  });
});

describe('settings', () => {
  it('have the defaults of their shapes where nothing is configured', () => {
    expect(readSettings(manifest, () => undefined)).toEqual(Settings.parse({}));
  });

  it('count as not given where a value is not valid, and the mistake is told', () => {
    const told: string[] = [];
    const settings = readSettings(
      manifest,
      (name) => (name === 'logs.lines' ? 'many' : name === 'problems.hygiene' ? true : undefined),
      (name, mistake) => void told.push(`${name} ${mistake}`),
    );
    expect([settings['logs.lines'], settings['problems.hygiene']]).toEqual([200, true]);
    expect(told).toEqual(['logs.lines is no whole number']);
  });

  it.each([
    ['cluster.access', 'sometimes', 'is none of live, off'],
    ['logs.lines', 9, 'is not from 10 to 5000'],
    ['problems.namespace', 'x'.repeat(254), 'is not of 0 to 253 characters'],
    ['cluster.localContexts', 'kind-*', 'is no list'],
    ['cluster.localContexts', [''], 'has an entry that is not of 1 to 253 characters'],
    ['mcp.enabled', 'yes', 'is neither true nor false'],
  ])('say of %s what is wrong with %j', (wrong, value, says) => {
    const told: string[] = [];
    readSettings(
      manifest,
      (name) => (name === wrong ? value : undefined),
      (_, mistake) => void told.push(mistake),
    );
    expect(told).toEqual([says]);
  });
});
