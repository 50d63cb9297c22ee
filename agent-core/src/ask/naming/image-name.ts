/** `registry.example.com/shop/web:2.4` is called "web". */
export function imageName(image: string): string {
  return (image.split('@')[0] ?? '').split('/').at(-1)?.split(':')[0] ?? '';
}
