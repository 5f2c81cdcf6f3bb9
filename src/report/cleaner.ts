import type { Clean, Untrusted } from '../hostile/text.ts';

/** Redacts and neutralises one text: `clean` of the hostile room, bound to the secrets of this run. */
export type Cleaner = (text: Untrusted) => Clean;
