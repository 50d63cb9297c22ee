import { config } from 'zod';

// The page's policy forbids making code of text: zod would try, and the try is reported. It has to be told before a shape is made.
config({ jitless: true });
