// Messages in the language they are written in: what the editor's own translation does without a bundle.

import type { Translate } from '../../extension/words.ts';

export const translate: Translate = (message, ...values) =>
  message.replaceAll(/\{(\d+)\}/g, (_, index: string) => String(values[Number(index)]));
