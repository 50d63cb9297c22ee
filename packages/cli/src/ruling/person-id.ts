/** `Ann Lee` as an id: `ann-lee`. Empty where nothing of the name is left. */
export function personIdFrom(name: string): string {
  return name
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '');
}
