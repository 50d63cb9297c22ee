/** Boxes, and arrows between them, with texts that are safe for the eye. */
export interface Drawing {
  readonly boxes: readonly { readonly id: string; readonly lines: readonly string[] }[];
  /** From box to box, by their ids. */
  readonly arrows: readonly { readonly from: string; readonly to: string; readonly label: string }[];
}

/** Draws it as a PNG. Throws where it cannot, or takes too long. */
export type Draw = (drawing: Drawing, signal: AbortSignal) => Promise<Uint8Array>;
