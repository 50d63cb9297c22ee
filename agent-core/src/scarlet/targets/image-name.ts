import { z } from 'zod';

const name = '[a-zA-Z0-9][a-zA-Z0-9._-]{0,127}';
const reference = new RegExp(`^${name}(:\\d{1,5})?(/${name}){0,12}(:[\\w][\\w.-]{0,127})?(@sha256:[0-9a-f]{64})?$`);

/** An image as a pod names it; never a URL, an option or a path. */
export const ImageName = z.string().max(512).regex(reference, 'not an image reference');
