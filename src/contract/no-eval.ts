import { z } from 'zod';

// A page's policy knows no code that is made from text, and complains of whoever tries: there the schemas go without
// the parsers that zod writes for itself.
if ('document' in globalThis) z.config({ jitless: true });
