import { mistakeIn } from './setting-schema.ts';
import type { SettingSchema } from './setting-schema.ts';
import type { SettingName, Settings } from './settings.ts';

/** What the names of all settings begin with in the editor. */
export const settingsPrefix = 'autodevops';

/** The part of the manifest that describes settings. It is made from their zod shapes (`npm run generate`). */
export interface SettingsManifest {
  readonly contributes: {
    readonly configuration: {
      readonly properties: Readonly<Record<`${typeof settingsPrefix}.${SettingName}`, SettingSchema>>;
    };
  };
}

/** Reads what was configured, by the schemas of the manifest. A value that is not valid counts as not given, and is told. */
export function readSettings(
  { contributes: { configuration } }: SettingsManifest,
  get: (name: SettingName) => unknown,
  tell: (name: SettingName, mistake: string) => void = () => undefined,
): Settings {
  const read = Object.entries(configuration.properties).map(([key, schema]) => {
    const name = key.slice(settingsPrefix.length + 1) as SettingName;
    const given = get(name) ?? schema.default;
    const mistake = mistakeIn(given, schema);
    if (mistake === undefined) return [name, given];
    tell(name, mistake);
    return [name, schema.default];
  });
  return Object.fromEntries(read) as Settings;
}
