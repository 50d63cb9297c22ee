import { remedy } from '@autodevops/domain/remedy/remedy';
import { Configuration } from './configuration.ts';
import { readSettings } from './yaml-settings.ts';

/** Reads a configuration file's text. Throws `config.invalid` with every mistake, its line and what may have been meant. */
export function readConfiguration(text: string, file: string): Configuration {
  return readSettings(
    Configuration,
    text,
    file,
    remedy`Correct these lines; ${{ do: 'explain-configuration' }} says what each setting is for.`,
  );
}
