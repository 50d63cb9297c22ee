/** `{0}`, `{1}` … stand for the arguments, as in `vscode.l10n.t`. */
export type Translate = (text: string, ...args: readonly (string | number)[]) => string;

function inEnglish(text: string, ...args: readonly (string | number)[]): string {
  return text.replaceAll(/\{(\d+)\}/g, (whole, index: string) => String(args[Number(index)] ?? whole));
}

let translate: Translate = inEnglish;

/** Chooses the language of the window, once, when the extension is activated. */
export function speak(translation: Translate): void {
  translate = translation;
}

/** A text for people, in the language of the window. The text is its own key; `npm run generate` collects it. */
export function t(text: string, ...args: readonly (string | number)[]): string {
  return translate(text, ...args);
}
