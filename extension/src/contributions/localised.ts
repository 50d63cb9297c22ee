/**
 * Texts of the manifest leave it for `package.nls.json`, where translators find them; the manifest keeps `%keys%`.
 * See https://code.visualstudio.com/api/references/vscode-api#l10n and the manifest's localisation by package.nls.json.
 */
export class Localised {
  readonly #texts = new Map<string, string>();

  /** Keeps the text under the key; gives what stands for it in the manifest. */
  text(key: string, text: string): string {
    const known = this.#texts.get(key);
    if (known !== undefined && known !== text) throw new Error(`Two texts have the key ${key}.`);
    this.#texts.set(key, text);
    return `%${key}%`;
  }

  /** The content of `package.nls.json`, sorted by key. */
  json(): string {
    const sorted = [...this.#texts].toSorted(([a], [b]) => (a < b ? -1 : 1));
    return `${JSON.stringify(Object.fromEntries(sorted), undefined, 2)}\n`;
  }
}
