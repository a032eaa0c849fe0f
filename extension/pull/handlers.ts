// What the commands do that pull, and the pulling that a snippet's row offers.

import type { Disposable } from 'vscode';
import type { Handlers, pullCommands } from '../commands.ts';
import type { Listed } from '../documents/snippet-address.ts';
import { getGivenId } from '../stack/given-id.ts';
import { applyAnyBack } from './back/apply-any-back.ts';
import { confirmBeside } from './back/confirm-beside.ts';
import { ImportOffers } from './imports/import-offers.ts';
import { Pop, type PopParts } from './pop.ts';
import { copyLatestAddress, pull, pullLatest, type Pulled, type PullParts } from './pull.ts';
import type { Way } from './ways.ts';

export interface Pulls extends Disposable {
  readonly handlers: Handlers<typeof pullCommands>;
  readonly pull: (snippet: Listed, way: Way) => Promise<Pulled>;
}

export function createPulls(given: Omit<PullParts & PopParts, 'confirmBeside' | 'imports'>): Pulls {
  const imports = new ImportOffers();
  const parts = { ...given, confirmBeside, imports };
  const pop = new Pop(parts);
  return {
    handlers: {
      'pybin.pullLatest': () => pullLatest(parts, 'insert'),
      'pybin.compareLatest': () => pullLatest(parts, 'compare'),
      'pybin.previewLatest': () => pullLatest(parts, 'preview'),
      'pybin.openLatest': () => pullLatest(parts, 'newEditor'),
      'pybin.copyLatest': () => pullLatest(parts, 'clipboard'),
      'pybin.copyLatestAddress': () => copyLatestAddress(parts),
      'pybin.addImports': (documentUri) => imports.add(documentUri),
      'pybin.applyBack': (_, [row]) => applyAnyBack(parts, getGivenId(row)),
      'pybin.pop': () => pop.run(),
    },
    pull: (snippet, way) => pull(parts, snippet, way),
    dispose: () => imports.dispose(),
  };
}
