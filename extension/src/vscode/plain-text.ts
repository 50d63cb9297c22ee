/**
 * Text for places where the editor reads more than text: notifications and inputs turn `[x](command:y)` into a link that
 * runs a command (`LINK_REGEX` of src/vs/base/common/linkedText.ts), labels turn `$(x)` into an icon. An invisible blank
 * between the two signs keeps both what they are: text.
 */
export function plainText(text: string): string {
  return text.replaceAll('](', ']\u200B(').replaceAll('$(', '$\u200B(');
}
