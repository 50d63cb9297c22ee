/** Does nothing: what any extension costs. */
export function activate(): void {
  // Nothing.
}
